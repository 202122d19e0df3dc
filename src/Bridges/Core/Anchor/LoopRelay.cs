using Interop.Bridges.Core.Legs;
using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Tells each room by which of its legs its own sound comes back.</summary>
/// <remarks>One report of a leg is under way at a time, so that an old one never overtakes a newer; a leg that changes meanwhile is told as it is then.</remarks>
internal sealed class LoopRelay(ILegReports reports, ILogger<LoopRelay> logger) : IMediaListener
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Room, string Leg), bool> _news = [];
    private readonly HashSet<(string Room, string Leg)> _telling = [];

    public void Take(in MediaReport report)
    {
        if (report is not { Kind: MediaReportKind.LoopBegan or MediaReportKind.LoopEnded, Room: { } room, Leg: { } leg })
            return;
        lock (_gate)
        {
            _news[(room, leg)] = report.Kind == MediaReportKind.LoopBegan;
            if (!_telling.Add((room, leg)))
                return;
        }

        Task.Run(() => TellAsync((room, leg))).Observe(logger, "tell a room that its own sound comes back");
    }

    private async Task TellAsync((string Room, string Leg) about)
    {
        while (TakeNews(about) is { } loops)
            await reports.LoopsAsync(new RoomCode(about.Room), new LegId(about.Leg), loops);
    }

    private bool? TakeNews((string Room, string Leg) about)
    {
        lock (_gate)
        {
            if (_news.Remove(about, out var loops))
                return loops;
            _telling.Remove(about);
            return null;
        }
    }
}
