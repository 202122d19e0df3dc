using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.WebRtc;

/// <summary>Brings a browser's leg up by waiting for it: nobody can call a page, and its page comes again by itself.</summary>
internal sealed class BrowserLegBridge(Lazy<IAnchorBrowsers> anchor, BrowserReturns returns, TimeProvider time) : ILegBridge
{
    /// <summary>Far longer than a page takes to try again, and short enough that nobody counts on a party that went home.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public LegKind Kind => LegKind.Browser;

    public bool Holds(RoomCode room, LegId leg) => anchor.Value.IsConnected(room, leg);

    public async Task<LegAttempt> BringUpAsync(RoomPlan plan, PlannedLeg leg, CancellationToken cancel)
    {
        try
        {
            var back = returns.WaitAsync(plan.Room, leg.Id, Patience, time, cancel);
            if (!Holds(plan.Room, leg.Id))
                await back;
            return LegAttempt.Up;
        }
        catch (TimeoutException)
        {
            return LegAttempt.Left(leg.Status == LegStatus.Lost ? "its page did not come back" : "its page never connected");
        }
    }
}
