using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Contracts.Ports;

/// <summary>The voice of the rooms anchored on this node, as a room sees it.</summary>
/// <remarks>
/// Every call returns at once: the room asks it inside a turn. It is node-local and outlives the room's activation,
/// so a plan with an older epoch than the last one is ignored.
/// </remarks>
public interface IAnchorMedia
{
    /// <summary>Makes the plan true here, from now on and for as long as it is the newest one.</summary>
    void Publish(RoomPlan plan);

    /// <summary>Gives a leg its place in the room's voice, named by the address that the peer reaches.</summary>
    ValueTask<Outcome<MediaPlace>> Open(RoomCode room, LegId leg, LegMode mode, MediaFarEnd? farEnd, string? peer);

    /// <summary>Gives a browser's leg its place; the place that it had before is given up, since a browser that comes again has new keys.</summary>
    ValueTask<Outcome<BrowserPlace>> OpenBrowser(RoomCode room, LegId leg, LegMode mode, BrowserFarEnd farEnd, string? peer);

    /// <summary>A browser's push-to-talk key is held down, or was let go; held, it must be told again within <see cref="TalkLease"/>.</summary>
    /// <returns>Null when it is so; otherwise why the browser is not heard.</returns>
    Refusal? Talk(RoomCode room, LegId leg, bool held);

    /// <summary>How long a key counts as held after it was last said to be: whoever loses the hub is let go within a second.</summary>
    static readonly TimeSpan TalkLease = TimeSpan.FromMilliseconds(900);

    /// <summary>A leg's phone told by signalling that a key was pressed.</summary>
    void PressKey(RoomCode room, LegId leg, char key);

    /// <summary>The room is no longer active here.</summary>
    void Release(RoomCode room, long epoch);
}
