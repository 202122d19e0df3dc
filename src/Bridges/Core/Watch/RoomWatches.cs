using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Watch;

/// <summary>One watch for each room that somebody follows through this node: its calls, its subscribers, whoever waits for a lost leg.</summary>
public sealed class RoomWatches
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomCode, Held> _watches = [];
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<RoomWatches> _logger;

    public RoomWatches(IGrainFactory grains, TimeProvider time, ILogger<RoomWatches> logger, INodes nodes)
    {
        (_grains, _time, _logger) = (grains, time, logger);
        // A subscription ends with the activation that had it; the next one knows nobody until it is asked again.
        nodes.OnLost(_ => RenewAll());
    }

    /// <summary>The follower has one reason more to follow the room; it is given a snapshot.</summary>
    public void Hold(RoomCode room, IRoomFollower follower)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(room, out var held))
                _watches[room] = held = new Held(new RoomWatch(room, _grains, _time, _logger), []);
            held.Reasons[follower] = held.Reasons.GetValueOrDefault(follower) + 1;
            held.Watch.Tell([.. held.Reasons.Keys]);
            held.Watch.LookAgain();
        }
    }

    private void RenewAll()
    {
        lock (_gate)
            foreach (var held in _watches.Values)
                held.Watch.Renew();
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
