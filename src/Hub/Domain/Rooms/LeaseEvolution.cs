using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What an event makes of who holds a room.</summary>
internal static class LeaseEvolution
{
    /// <summary>Whoever opens a room holds it.</summary>
    public static Lease Begun(DateTimeOffset? until, RoomState state, Occasion on) => new()
    {
        Holder = new Holder(state.Owner, on.Actor.Name),
        Until = until,
        Attended = on.At,
        Offers = state.Lease.Offers,
    };

    public static Lease Set(Lease lease, LeaseSet e) => lease with
    {
        Until = e.Until,
        UnattendedMinutes = e.UnattendedMinutes,
        Next = e.Next,
        Warnings = lease.Warnings.RemoveAll(warning => warning.Kind == LeaseWarningKind.Overdue),
    };

    public static Lease Warned(Lease lease, LeaseWarned e, Occasion on) => lease with
    {
        Warnings = lease.Warnings.RemoveAll(warning => warning.Kind == e.Kind).Add(new LeaseWarning(e.Kind, e.To, e.Escalated ?? false, on.At)),
    };

    /// <summary>Who takes note that nobody attends, attends; that a room is overdue stands until it is prolonged.</summary>
    public static Lease Seen(Lease lease, LeaseWarningSeen e, Occasion on)
    {
        var at = lease.Warnings.FindIndex(warning => warning.Kind == e.Kind);
        if (at < 0)
            return lease;
        return e.Kind == LeaseWarningKind.Unattended
            ? Ended(lease, e.Kind) with { Attended = on.At }
            : lease with { Warnings = lease.Warnings.SetItem(at, lease.Warnings[at] with { SeenBy = on.Actor.Name }) };
    }

    public static Lease Ended(Lease lease, LeaseWarningKind kind) => lease with { Warnings = lease.Warnings.RemoveAll(warning => warning.Kind == kind) };

    public static Lease Offered(Lease lease, CommandOffered e, Occasion on) => lease with
    {
        Handover = new Handover(e.Handover, new Holder(e.Agency, e.Name ?? ""), e.Brief, on.Actor.Name, on.At),
        Offers = lease.Offers + 1,
    };

    /// <summary>A new holder begins without the old one's warnings.</summary>
    public static Lease Accepted(Lease lease, Occasion on) => lease with
    {
        Holder = new Holder(on.Actor.Agency, on.Actor.Name),
        Handover = null,
        Attended = on.At,
        Warnings = Ended(lease, LeaseWarningKind.Unattended).Warnings,
    };

    /// <summary>What the record says of the holder's agency being there, and of its having left the room.</summary>
    public static RoomState After(RoomState state, Occasion on)
    {
        var lease = state.Lease;
        if (!state.Exists)
            return state;
        if (!state.IsMember(lease.Holder.Agency))
            lease = lease with { Holder = new Holder(state.Owner, state.OpenedBy) };
        if (lease.Handover is { } offer && !state.IsMember(offer.To.Agency))
            lease = lease with { Handover = null };
        if (lease.Next is { } next && !state.IsMember(next.Agency))
            lease = lease with { Next = null };
        if (on.Actor.Kind is ActorKind.Person or ActorKind.Phone && on.Actor.Agency == lease.Holder.Agency)
            lease = lease with { Attended = on.At };
        return lease == state.Lease ? state : state with { Lease = lease };
    }
}
