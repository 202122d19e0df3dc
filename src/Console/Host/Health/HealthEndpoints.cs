using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Interop.Console.Host.Health;

/// <summary>Whether the process lives, and whether it is ready for calls.</summary>
internal static class HealthEndpoints
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks();
        return services;
    }

    /// <summary>Makes readiness wait for a part of the node.</summary>
    /// <param name="services">The node's services.</param>
    /// <param name="part">As it is named in /health/ready.</param>
    /// <param name="whyNot">Why the part is not ready; null when it is.</param>
    public static IServiceCollection AddReadiness(this IServiceCollection services, string part, Func<IServiceProvider, string?> whyNot)
    {
        services.AddHealthChecks().Add(new HealthCheckRegistration(part, provider => new Part(() => whyNot(provider)), HealthStatus.Unhealthy, [Ready]));
        return services;
    }

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(Ready), ResponseWriter = Write });
        return app;
    }

    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        parts = report.Entries.ToDictionary(part => part.Key, part => part.Value.Description ?? "ready"),
    });

    private sealed class Part(Func<string?> whyNot) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(whyNot() is { } reason ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy());
    }
}
