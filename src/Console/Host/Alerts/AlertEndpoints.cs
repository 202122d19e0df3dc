using System.Threading.RateLimiting;
using Interop.Bridges.Alerts;
using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Interop.Console.Host.Alerts;

/// <summary>The HTTP intake for alerts, and the list of what came in.</summary>
internal static class AlertEndpoints
{
    private const string RateLimit = "alerts";

    private const int ListLength = 200;

    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertIntakeOptions options) =>
        services.AddRateLimiter(limiter => limiter.AddPolicy(RateLimit, context => RateLimitPartition.GetTokenBucketLimiter(
            Sender(context),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Burst,
                TokensPerPeriod = options.PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })));

    public static IEndpointRouteBuilder MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts").RequireAuthorization().Within(TokenScope.Alerts);
        alerts.MapGet("", List).Produces<IReadOnlyList<AlertSummary>>()
            .WithSummary("The newest alerts of the caller's agency, newest first.");
        alerts.MapPost("", Take)
            .WithMetadata(new RequestSizeLimitAttribute(AlertLimits.DocumentBytes))
            .RequireRateLimiting(RateLimit)
            .Accepts<object>(AlertDocument.JsonMediaType, AlertDocument.CapMediaType)
            .Produces<AlertReceipt>(201).Produces<AlertReceipt>().ProducesProblem(400).ProducesProblem(413).ProducesProblem(415).ProducesProblem(429)
            .WithSummary("Takes an alert: CAP 1.2 or the small JSON alert of docs/alerts.md.")
            .WithDescription("200 instead of 201 means that this alert was known. A 400 names the element or field and, for XML, the line.");
        return api;
    }

    private static async Task<IResult> List(SignedIn caller, IGrainFactory grains) =>
        (await Desk(caller, grains).List(caller.Actor, ListLength)).Or(Results.Ok);

    private static async Task<IResult> Take(HttpRequest request, SignedIn caller, IGrainFactory grains, TimeProvider time, CancellationToken cancel)
    {
        var mediaType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.Value : null;
        if (mediaType is null || !AlertDocument.Takes(mediaType))
            return Problem.Of(415, "request.media-type", $"Send {AlertDocument.CapMediaType} (CAP 1.2) or {AlertDocument.JsonMediaType}.");
        if (caller.Actor.Role < Role.Integration)
            return Problem.Of(403, "alert.role", "This account reads; it may not post alerts.");
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var reading = AlertDocument.Read(mediaType, body.GetBuffer().AsMemory(0, (int)body.Length), time.GetUtcNow());
        if (reading.Alert is not { } alert)
            return Refuse(reading.Faults);
        return (await Desk(caller, grains).Receive(alert, caller.Actor))
            .Or(receipt => receipt.Duplicate ? Results.Ok(receipt) : Results.Created("/api/alerts", receipt));
    }

    private static IResult Refuse(IReadOnlyList<AlertFault> faults)
    {
        var first = faults[0];
        var text = first.Line > 0 ? $"Line {first.Line}: {first.Text}" : first.Text;
        return Problem.Of(400, "alert.invalid", text, first.Field.Length > 0 ? first.Field : null, [.. faults]);
    }

    private static IAlertDeskGrain Desk(SignedIn caller, IGrainFactory grains) => grains.GetGrain<IAlertDeskGrain>(caller.Agency.Value);

    /// <summary>One sender that runs wild must not use up what another may send.</summary>
    private static string Sender(HttpContext context) =>
        context.RequestServices.GetRequiredService<Actors>().Find(context.User) is { } actor
            ? $"{actor.Agency.Value}/{actor.Kind}/{actor.Name}"
            : context.Connection.RemoteIpAddress?.ToString() ?? "";
}
