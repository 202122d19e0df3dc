using Interop.Bridges.Core.Legs;
using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Has a phone called anew that agreed to new keys and goes on with others: until then it neither hears the room nor is heard.</summary>
internal sealed class KeyRelay(ILegReports reports, ILogger<KeyRelay> logger) : IMediaListener
{
    private const string Cause = "its phone went on with the keys of before, so that neither side heard the other; it is called anew";

    public void Take(in MediaReport report)
    {
        if (report is not { Kind: MediaReportKind.KeysIgnored, Room: { } room, Leg: { } leg })
            return;
        Task.Run(() => reports.UselessAsync(new RoomCode(room), new LegId(leg), Cause)).Observe(logger, "tell a room that a phone is to be called anew");
    }
}
