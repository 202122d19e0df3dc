using System.Collections.Concurrent;
using Interop.Bridges.Core;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.WebRtc;

/// <summary>Tells the rooms which browsers came and went, and those who wait for one that it is there.</summary>
internal sealed class BrowserReturns(ILegReports reports, ILogger<BrowserReturns> logger) : IMediaListener
{
    private readonly ConcurrentDictionary<(string Room, string Leg), TaskCompletionSource> _awaited = new();

    /// <summary>Completes when the leg's browser has shaken hands.</summary>
    public async Task WaitAsync(RoomCode room, LegId leg, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        var key = (room.Value, leg.Value);
        var awaited = _awaited.GetOrAdd(key, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await awaited.Task.WaitAsync(patience, time, cancel);
        }
        finally
        {
            _awaited.TryRemove(new(key, awaited));
        }
    }

    public void Take(in MediaReport report)
    {
        if (report is not { Room: { } code, Leg: { } name })
            return;
        var (room, leg) = (new RoomCode(code), new LegId(name));
        switch (report.Kind)
        {
            case MediaReportKind.BrowserConnected:
                if (_awaited.TryGetValue((code, name), out var awaited))
                    awaited.TrySetResult();
                Observe(reports.UpAsync(room, leg));
                break;
            case MediaReportKind.BrowserLost:
                Observe(reports.LostAsync(room, leg, "the browser stopped answering"));
                break;
            case MediaReportKind.BrowserLeft:
                // A page that was closed on purpose says so by itself; this may be one that is being reloaded.
                Observe(reports.LostAsync(room, leg, "the page was closed or reloaded"));
                break;
            case MediaReportKind.BrowserRefused:
                Observe(reports.LostAsync(room, leg, "the browser's handshake failed"));
                break;
        }
    }

    private void Observe(Task report) => report.Observe(logger, "tell a room of a browser");
}
