using System.Collections.Concurrent;
using Interop.Bridges.Core;
using Interop.Bridges.Core.Watch;
using Interop.Bridges.Sip.Text;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Waits for what becomes of lost legs: a line that was written meanwhile is either sent when the leg is back, or marked when it is gone.</summary>
internal sealed class AwaitedLegs(RoomWatches watches, UndeliveredLines undelivered, ILogger<AwaitedLegs> logger) : IRoomFollower
{
    private readonly ConcurrentDictionary<(RoomCode Room, LegId Leg), byte> _awaited = new();

    public void Await(RoomCode room, LegId leg)
    {
        if (_awaited.TryAdd((room, leg), 0))
            watches.Hold(room, this);
    }

    public void OnChange(RoomCode room, RoomChange change)
    {
        if (change is LegChanged { Leg: var leg })
            Take(room, leg);
    }

    public void OnSnapshot(RoomCode room, RoomSnapshot snapshot, long asked)
    {
        foreach (var leg in snapshot.Legs)
            Take(room, leg);
    }

    private void Take(RoomCode room, LegView leg)
    {
        if (leg.Status is LegStatus.Lost or LegStatus.Connecting || !_awaited.TryRemove((room, leg.Id), out _))
            return;
        FinishAsync(room, leg).Observe(logger, "say which lines did not reach a leg that is gone");
    }

    private async Task FinishAsync(RoomCode room, LegView leg)
    {
        await watches.ReleaseAsync(room, this);
        if (leg.Status == LegStatus.Gone)
            await undelivered.SettleAsync(room, leg.Id, "the phone was lost and did not come back");
    }
}
