using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Watch;

/// <summary>One watch for each room in which a bridge carries legs here.</summary>
public sealed class RoomWatches(IGrainFactory grains, TimeProvider time, ILogger<RoomWatches> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomCode, (RoomWatch Watch, int Legs)> _watches = [];

    /// <summary>A leg more of this room is carried here.</summary>
    public void Hold(RoomCode room, IRoomFollower follower)
    {
        lock (_gate)
        {
            var (watch, legs) = _watches.GetValueOrDefault(room);
            watch?.LookAgain();
            _watches[room] = (watch ?? new RoomWatch(room, grains, follower, time, logger), legs + 1);
        }
    }

    /// <summary>A leg less; the watch ends with the last one.</summary>
    public async ValueTask ReleaseAsync(RoomCode room)
    {
        RoomWatch? last = null;
        lock (_gate)
        {
            if (!_watches.TryGetValue(room, out var held))
                return;
            if (held.Legs > 1)
            {
                _watches[room] = (held.Watch, held.Legs - 1);
            }
            else
            {
                _watches.Remove(room);
                last = held.Watch;
            }
        }

        if (last is not null)
            await last.DisposeAsync();
    }
}
