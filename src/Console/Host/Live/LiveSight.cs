using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Live;

namespace Interop.Console.Host.Live;

/// <summary>What of a change somebody may see: the room tells its nodes everything once, and each browser what is its own to know.</summary>
internal static class LiveSight
{
    /// <summary>The delta keeps its number with whatever is left of it, so that nothing looks missed.</summary>
    public static RoomDelta Of(RoomDelta delta, Actor actor)
    {
        if (actor.Kind == ActorKind.Guest)
            return delta with { Changes = delta.Changes.Select(change => GuestSight.Of(change, actor.Id)).OfType<RoomChange>().ToArray() };
        return delta.Changes.Any(change => IsHidden(change, actor))
            ? delta with { Changes = delta.Changes.Where(change => !IsHidden(change, actor)).ToArray() }
            : delta;
    }

    private static bool IsHidden(RoomChange change, Actor actor) =>
        change is VideoChanged { Except: { } except } && except.Any(whom => whom.Includes(actor));
}
