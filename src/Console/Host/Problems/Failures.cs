using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Interop.Console.Host.Problems;

/// <summary>The edge where exceptions end: a request that cannot be read, a hub that does not answer in time, a bug.</summary>
internal sealed partial class Failures(ILogger<Failures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } =>
                Problem.Of(400, "request.invalid", $"The JSON is wrong at line {json.LineNumber + 1}.", Field(json)),
            BadHttpRequestException bad =>
                Problem.Of(bad.StatusCode, bad.StatusCode == 413 ? "request.too-large" : "request.invalid", bad.Message),
            TimeoutException or OrleansException => Late(context, exception),
            _ => Bug(context, exception),
        };
        await problem.ExecuteAsync(context);
        return true;
    }

    private IResult Late(HttpContext context, Exception exception)
    {
        LogLate(logger, exception, context.Request.Method, Route(context));
        return Problem.Of(503, "hub.busy", "The hub did not answer in time; it may still have done it. Look before you ask again.");
    }

    private IResult Bug(HttpContext context, Exception exception)
    {
        LogBug(logger, exception, context.Request.Method, Route(context));
        return Problem.Of(500, "hub.failed", "Something went wrong in the hub. It is in the log.");
    }

    private static string? Field(JsonException json) =>
        json.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : null;

    /// <summary>The route and not the address: what stands in an address may be a secret or a person.</summary>
    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";

    [LoggerMessage(1001, LogLevel.Warning, "{Method} {Route} got no answer from the hub in time")]
    private static partial void LogLate(ILogger logger, Exception exception, string method, string route);

    [LoggerMessage(1002, LogLevel.Error, "{Method} {Route} failed")]
    private static partial void LogBug(ILogger logger, Exception exception, string method, string route);
}
