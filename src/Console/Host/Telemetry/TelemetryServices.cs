using Interop.Console.Host.Settings;
using Microsoft.AspNetCore.SignalR;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Interop.Console.Host.Telemetry;

/// <summary>Logs for people and for programs, metrics at /metrics, and traces where a collector is named.</summary>
internal static class TelemetryServices
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    private const long LogFileBytes = 32 * 1024 * 1024;

    private const int LogFiles = 16;

    /// <summary>Combinations of tags for one instrument. Room is made for all of them at the first, and Orleans brings 150 instruments.</summary>
    private const int MostSeries = 200;

    /// <summary>OpenTelemetry's own variable; without it nothing is sent anywhere.</summary>
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, DataOptions data)
    {
        builder.Services.AddSerilog(log => Configure(log, data));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("interop"))
            .WithMetrics(static metrics => metrics
                .AddMeter("Interop.*", "Microsoft.Orleans")
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddView(static _ => new MetricStreamConfiguration { CardinalityLimit = MostSeries })
                .AddPrometheusExporter());
        if (builder.Configuration[Collector] is { Length: > 0 })
        {
            telemetry.WithMetrics(static metrics => metrics.AddOtlpExporter());
            telemetry.WithTracing(static traces => traces
                .AddSource("Interop.*")
                .AddAspNetCoreInstrumentation(static http => http.Filter = static context => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
                .AddOtlpExporter());
        }
        return builder;
    }

    public static IEndpointRouteBuilder MapTelemetry(this IEndpointRouteBuilder app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics");
        return app;
    }

    /// <remarks>The framework's own request logs carry addresses with their queries, so they are left out below a warning.</remarks>
    private static void Configure(LoggerConfiguration log, DataOptions data) => log
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
        .MinimumLevel.Override("Polly", LogEventLevel.Warning)
        // They warn of what we chose: the workstation collector, keys that the data directory's own rights protect,
        // and a first look at a clock that has not been looked at since the machine started.
        .MinimumLevel.Override("Orleans.Runtime.Silo", LogEventLevel.Error)
        .MinimumLevel.Override("Orleans.Runtime.Watchdog", LogEventLevel.Error)
        // Why a start failed is told to whoever started it; that a background service broke is told as fatal.
        .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.KeyManagement", LogEventLevel.Error)
        .MinimumLevel.Override("Interop.Console.Host.SignIn.ApiTokenHandler", LogEventLevel.Warning)
        // A refusal that a browser is told of is an answer and no failure.
        .Filter.ByExcluding(static entry => entry.Exception is HubException)
        .WriteTo.Console(outputTemplate: Line)
        .WriteTo.File(
            new CompactJsonFormatter(),
            Path.Combine(data.Logs, "interop-.json"),
            rollingInterval: RollingInterval.Day,
            fileSizeLimitBytes: LogFileBytes,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: LogFiles);
}
