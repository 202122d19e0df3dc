using Interop.Console.Host.Settings;

namespace Interop.Console.Host.Web;

/// <summary>The web server itself: its limits, its headers, and the web client's files.</summary>
internal static class WebServices
{
    private const int LargestBody = 64 * 1024;

    // 'unsafe-inline' is for styles only: the component kit sets them on elements. Scripts come from here alone.
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // What programs ask for and is not there must be a 404 to them, and not a page of the console.
    private static readonly string[] ForPrograms = ["/api", "/live", "/health", "/metrics", "/openapi"];

    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder, WebOptions options)
    {
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.ConfigureHttpJsonOptions(json => JsonForm.Apply(json.SerializerOptions));
        builder.Services.AddRateLimiter(limiter => limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }

    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=(self)";
            if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
                headers.CacheControl = "no-store";
            return next(context);
        });
        return app;
    }

    /// <summary>Serves the web client; every address that is not a file or an endpoint is one of its pages.</summary>
    /// <remarks>It comes after routing. A fallback endpoint in its place would turn each 415 and 405 into a 404.</remarks>
    public static WebApplication UseWebClient(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (context.GetEndpoint() is null && IsPage(context.Request))
                context.Request.Path = "/index.html";
            return next(context);
        });
        app.UseStaticFiles();
        return app;
    }

    /// <summary>Whether a person at an address bar may have asked.</summary>
    public static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Path.HasExtension(request.Path)
        && !ForPrograms.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.Ordinal));
}
