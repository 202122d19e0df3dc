using Interop.Bridges.Media;
using Microsoft.Extensions.Hosting;

namespace Interop.Bridges.Core.Anchor;

/// <summary>The one reader of the engine's reports; hands each to all who listen.</summary>
internal sealed class MediaReports(MediaEngine engine, IEnumerable<IMediaListener> listeners) : BackgroundService
{
    private readonly IMediaListener[] _listeners = [.. listeners];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var report in engine.Reports.ReadAllAsync(stoppingToken))
            foreach (var listener in _listeners)
                listener.Take(report);
    }
}
