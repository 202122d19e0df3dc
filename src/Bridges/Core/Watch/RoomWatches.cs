using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Watch;

/// <summary>One watch for each room that somebody follows through this node: its calls, its subscribers, whoever waits for a lost leg.</summary>
public sealed class RoomWatches(IGrainFactory grains, TimeProvider time, ILogger<RoomWatches> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomCode, Held> _watches = [];

    /// <summary>The follower has one reason more to follow the room; it is given a snapshot.</summary>
    public void Hold(RoomCode room, IRoomFollower follower)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(room, out var held))
                _watches[room] = held = new Held(new RoomWatch(room, grains, time, logger), []);
            held.Reasons[follower] = held.Reasons.GetValueOrDefault(follower) + 1;
            held.Watch.Tell([.. held.Reasons.Keys]);
            held.Watch.LookAgain();
        }
    }

    /// <summary>A reason less; the watch ends with the last one of the last follower.</summary>
    public async ValueTask ReleaseAsync(RoomCode room, IRoomFollower follower)
    {
        RoomWatch? last = null;
        lock (_gate)
        {
            if (!_watches.TryGetValue(room, out var held) || !held.Reasons.TryGetValue(follower, out var reasons))
                return;
            if (reasons > 1)
                held.Reasons[follower] = reasons - 1;
            else
                held.Reasons.Remove(follower);
            if (held.Reasons.Count == 0)
            {
                _watches.Remove(room);
                last = held.Watch;
            }
            else if (reasons == 1)
            {
                held.Watch.Tell([.. held.Reasons.Keys]);
            }
        }

        if (last is not null)
            await last.DisposeAsync();
    }

    private sealed record Held(RoomWatch Watch, Dictionary<IRoomFollower, int> Reasons);
}
