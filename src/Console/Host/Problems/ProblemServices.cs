namespace Interop.Console.Host.Problems;

/// <summary>Makes every answer that is not a success a problem, also those that the framework gives by itself.</summary>
internal static class ProblemServices
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<Failures>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services;
    }

    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { AllowStatusCode404Response = true, ExceptionHandler = static _ => Task.CompletedTask });
        app.UseStatusCodePages(async pages =>
        {
            var status = pages.HttpContext.Response.StatusCode;
            await Problem.Of(status, Code(status), Text(status)).ExecuteAsync(pages.HttpContext);
        });
        return app;
    }

    private static string Code(int status) => status switch
    {
        401 => "session.required",
        403 => "request.denied",
        404 => "request.unknown",
        405 => "request.method",
        413 => "request.too-large",
        415 => "request.media-type",
        429 => "request.too-often",
        _ => "request.invalid",
    };

    private static string Text(int status) => status switch
    {
        401 => "Sign in, or send an API token as Authorization: Bearer.",
        403 => "You may not do this.",
        404 => "There is nothing at this address.",
        405 => "This address does not take that method.",
        413 => "The body is larger than this address takes.",
        415 => "This address does not take a body of this media type; see /openapi/v1.json.",
        429 => "Wait a moment and try again.",
        _ => "The request cannot be answered.",
    };
}
