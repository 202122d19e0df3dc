using System.Collections.Immutable;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms.Record;

namespace Interop.Hub.Domain.Rooms;

/// <summary>A room as its journal tells it; immutable, so that a decision can be tried and thrown away.</summary>
internal sealed record RoomState(RoomCode Code)
{
    /// <summary>Null until the room is opened for the first time.</summary>
    public RoomPhase? Phase { get; init; }

    public AgencyId Owner { get; init; }

    public RoomTerms Terms { get; init; } = new("", "", Priority.Routine, null, []);

    public DateTimeOffset OpenedAt { get; init; }

    public string OpenedBy { get; init; } = "";

    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>Hashes of the provisioned entries that the room has followed; empty unless it is a standing room.</summary>
    public ImmutableHashSet<string> ProvisionedAs { get; init; } = [];

    /// <summary>What was ever lent into the room: provisioning does not lend again what somebody withdrew.</summary>
    public ImmutableHashSet<(ResourceKind, ResourceId)> EverLent { get; init; } = [];

    public ImmutableList<InviteView> Invites { get; init; } = [];

    public ImmutableList<Link> Links { get; init; } = [];

    public ImmutableList<GuestView> Guests { get; init; } = [];

    public ImmutableList<LegView> Legs { get; init; } = [];

    public ImmutableList<Lent> Shares { get; init; } = [];

    public ImmutableList<ChatLine> Chat { get; init; } = [];

    public ImmutableList<VideoLink> Videos { get; init; } = [];

    public ImmutableList<AlertSummary> Alerts { get; init; } = [];

    public Lease Lease { get; init; } = new();

    public RoomRecordings Recordings { get; init; } = RoomRecordings.None;

    /// <summary>What the ids in the record were called, also of what is gone.</summary>
    public ImmutableDictionary<string, Called> Called { get; init; } = ImmutableDictionary<string, Called>.Empty;

    /// <summary>How many of each were ever made, which numbers the next.</summary>
    public Made Made { get; init; }

    public bool Exists => Phase is not null;

    public bool IsOver => Phase == RoomPhase.Closed;

    public bool Standing => !ProvisionedAs.IsEmpty;

    public LegView? Leg(LegId id) => Legs.Find(leg => leg.Id == id);

    public InviteView? Invite(InviteId id) => Invites.Find(invite => invite.Id == id);

    public Lent? Share(ShareId id) => Shares.Find(share => share.View.Id == id);

    public Link? Link(InviteId id) => Links.Find(link => link.View.Id == id);

    public GuestView? Guest(string? id) => Guests.Find(guest => guest.Id == id);

    /// <summary>A guest who is in the room now.</summary>
    public GuestView? GuestIn(string? id) => IsOver ? null : Guests.Find(guest => guest.Id == id && guest.Status == GuestStatus.In);

    /// <summary>The invitation by which exactly these are members or may become some.</summary>
    public InviteView? StandingInvite(Invitee whom) => Invites.Find(invite => invite.Stands && invite.Invitee.IsSame(whom));

    /// <summary>The same of a whole agency.</summary>
    public InviteView? StandingInvite(AgencyId agency) => StandingInvite(new Invitee(agency));

    /// <summary>Whether by some invitation the actor is in the room or may come.</summary>
    public bool Concerns(Actor actor) => Invites.Exists(invite => invite.Stands && invite.Invitee.Includes(actor));

    /// <summary>Whether somebody of the agency takes part: all of it, or those that were asked.</summary>
    public bool IsMember(AgencyId agency) =>
        Exists && (agency == Owner || Invites.Exists(invite => invite.Status == InviteStatus.Accepted && invite.Agency == agency));

    public bool IsMember(Actor actor) =>
        Exists && (actor.Agency == Owner || Invites.Exists(invite => invite.Status == InviteStatus.Accepted && invite.Invitee.Includes(actor)));
}

/// <summary>A share, with what is needed to bring its resource in.</summary>
internal sealed record Lent(ShareView View, LentResource Resource);

/// <summary>How many of each kind a room has made so far.</summary>
internal readonly record struct Made(int Invites, int Legs, int Shares, int Lines, int Videos, int Links, int Guests);

/// <summary>Numbers what one decision makes, after what the room made before.</summary>
internal sealed class Numbering(RoomState state)
{
    private Made made = state.Made;

    public InviteId Invite() => new($"invite-{(made = made with { Invites = made.Invites + 1 }).Invites}");

    public InviteId Link() => new($"link-{(made = made with { Links = made.Links + 1 }).Links}");

    public string Guest() => $"guest-{(made = made with { Guests = made.Guests + 1 }).Guests}";

    public LegId Leg() => new($"leg-{(made = made with { Legs = made.Legs + 1 }).Legs}");

    public ShareId Share() => new($"share-{(made = made with { Shares = made.Shares + 1 }).Shares}");

    public string Line() => $"line-{(made = made with { Lines = made.Lines + 1 }).Lines}";

    public string Video() => $"video-{(made = made with { Videos = made.Videos + 1 }).Videos}";
}
