using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;

namespace Interop.Bridges.Core.Watch;

/// <summary>Acts on what changes in a room, for the legs that a bridge carries through this node.</summary>
/// <remarks>Called in order, one at a time for a room; it must not block.</remarks>
public interface IRoomFollower
{
    /// <summary>Something changed.</summary>
    void OnChange(RoomCode room, RoomChange change);

    /// <summary>Changes were missed; this is how the room is now.</summary>
    /// <param name="room">The room.</param>
    /// <param name="snapshot">The room, no older than when it was asked for.</param>
    /// <param name="asked">The clock's timestamp of then: what came about at this node since may not be in it yet.</param>
    void OnSnapshot(RoomCode room, RoomSnapshot snapshot, long asked);
}
