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
    void OnSnapshot(RoomCode room, RoomSnapshot snapshot);
}
