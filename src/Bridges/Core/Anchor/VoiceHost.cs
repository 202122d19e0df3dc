using Interop.Bridges.Media;
using Interop.Bridges.Media.Recording;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Starts the voice engine's tick with the node, and gets it ready for browsers.</summary>
internal sealed partial class VoiceHost(MediaEngine engine, MediaOptions options, ILogger<VoiceHost> logger, Recorder? recorder = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        recorder?.Start();
        engine.Start();
        if (options.BrowserBind.Count > 0)
            Task.Run(ReadyForBrowsers, cancellationToken).Observe(logger, "get ready for browsers");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void ReadyForBrowsers()
    {
        if (!engine.ServesBrowsers)
            LogPortTaken(logger, options.BrowserPort, string.Join(", ", options.BrowserBind));
        else if (!engine.WarmUpBrowsers())
            LogNoHandshake(logger);
    }

    [LoggerMessage(2050, LogLevel.Error, "UDP port {Port} could not be opened at {Addresses}: nobody can talk or listen from a browser; set Media:BrowserPort to a free one and restart")]
    private static partial void LogPortTaken(ILogger logger, int port, string addresses);

    [LoggerMessage(2051, LogLevel.Error, "A handshake with ourselves failed, and so will every browser's: nobody can talk or listen from a browser")]
    private static partial void LogNoHandshake(ILogger logger);
}
