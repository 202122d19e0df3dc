using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What events of counters, links and guests make of a room.</summary>
internal static class InviteEvolution
{
    /// <summary>A counter that is refused leaves the invitation waiting, and time to think again.</summary>
    public static InviteView Countered(InviteView invite, CounterAnswered e, Occasion on)
    {
        if (e.Accepted)
            return invite with { Status = InviteStatus.Accepted, Conditions = invite.Counter, Counter = null, AnsweredAt = on.At };
        var again = on.At + Limits.NamePatience;
        return invite with
        {
            Status = InviteStatus.Pending,
            Counter = null,
            Reason = e.Reason,
            AnsweredAt = null,
            ExpiresAt = invite.ExpiresAt < again ? again : invite.ExpiresAt,
        };
    }

    public static RoomState Made(RoomState state, LinkMade e, Occasion on) => state with
    {
        Links = RoomEvolution.Trimmed(
            state.Links.Add(new Link(
                new LinkView(e.Link, LinkStatus.Open, e.Role, e.For, e.Purpose, e.Terms, on.Actor.Name, on.At, e.ExpiresAt, e.Uses, 0), e.TokenHash)),
            // A link by which somebody is in the room can still be withdrawn.
            link => link.View.Status != LinkStatus.Open && !state.Guests.Exists(guest => guest.Link == link.View.Id && guest.Status == GuestStatus.In),
            Limits.OverLinksShown),
        Made = state.Made with { Links = state.Made.Links + 1 },
    };

    public static RoomState Came(RoomState state, GuestCame e, Occasion on) => WithLink(state, e.Link, Used) with
    {
        Guests = RoomEvolution.Trimmed(
            state.Guests.Add(new GuestView(e.Guest, e.Name, e.Link, on.Actor.Role, GuestStatus.In, on.At)),
            static guest => guest.Status != GuestStatus.In,
            Limits.OverGuestsShown),
        Made = state.Made with { Guests = state.Made.Guests + 1 },
    };

    public static RoomState Left(RoomState state, GuestLeft e, Occasion on)
    {
        var at = state.Guests.FindIndex(guest => guest.Id == e.Guest);
        return at < 0 ? state : state with
        {
            Guests = state.Guests.SetItem(at, state.Guests[at] with
            {
                Status = e.Removed == true ? GuestStatus.Removed : GuestStatus.Left,
                Since = on.At,
                Cause = e.Cause,
            }),
        };
    }

    /// <summary>A room that is over has no guests and no open links.</summary>
    public static RoomState Closed(RoomState state, Occasion on) => state with
    {
        Guests = state.Guests.ConvertAll(guest => guest.Status == GuestStatus.In
            ? guest with { Status = GuestStatus.Removed, Since = on.At, Cause = "the room was closed" }
            : guest),
        Links = state.Links.ConvertAll(static link => link.View.Status == LinkStatus.Open ? link with { View = link.View with { Status = LinkStatus.Expired } } : link),
    };

    public static LinkView Used(LinkView link) => link with
    {
        Uses = link.Uses + 1,
        Status = link.Status == LinkStatus.Open && link.Uses + 1 >= link.MaxUses ? LinkStatus.UsedUp : link.Status,
    };

    public static RoomState WithLink(RoomState state, InviteId id, Func<LinkView, LinkView> change)
    {
        var at = state.Links.FindIndex(link => link.View.Id == id);
        return at < 0 ? state : state with { Links = state.Links.SetItem(at, state.Links[at] with { View = change(state.Links[at].View) }) };
    }
}
