using System.Text.Json.Serialization;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Contracts.Live;

/// <summary>Orders the changes of a room: a new epoch starts over, a gap in the number means that something was missed.</summary>
[GenerateSerializer, Alias("interop.live-revision")]
public readonly record struct LiveRevision(long Epoch, long Number);

/// <summary>A room in a list.</summary>
/// <param name="Named">People and roles who are asked in or have come, beside whole agencies.</param>
[GenerateSerializer, Immutable, Alias("interop.room-summary")]
public sealed record RoomSummary(
    RoomCode Code,
    string Title,
    RoomPhase State,
    string Type,
    Priority Priority,
    Place? Place,
    AgencyId Owner,
    bool Standing,
    DateTimeOffset OpenedAt,
    IReadOnlyList<AgencyId> Members,
    IReadOnlyList<AgencyId> Invited,
    int LegsUp,
    int LegsLost,
    IReadOnlyList<Invitee>? Named = null)
{
    /// <summary>Whether the actor may know of the room: it reads rooms, and its agency holds this one, is a member, or is asked in; or they are, by name or role.</summary>
    public bool IsVisibleTo(Actor actor) =>
        actor.ReadsRooms && (Owner == actor.Agency || Members.Contains(actor.Agency) || Invited.Contains(actor.Agency)
            || Named?.Any(named => named.Includes(actor)) == true);
}

/// <summary>Everything that the console shows of a room, as of one revision.</summary>
[GenerateSerializer, Immutable, Alias("interop.room-snapshot")]
public sealed record RoomSnapshot(
    LiveRevision Revision,
    RoomHeader Header,
    IReadOnlyList<InviteView> Invites,
    IReadOnlyList<LegView> Legs,
    IReadOnlyList<ShareView> Shares,
    IReadOnlyList<ChatLine> Chat,
    IReadOnlyList<VideoLink> Videos,
    IReadOnlyList<AlertSummary> Alerts,
    IReadOnlyList<LegId> Talking,
    LegId? Floor,
    IReadOnlyList<LinkView> Links,
    IReadOnlyList<GuestView> Guests)
{
    /// <summary>The dial code.</summary>
    public RoomCode Code => Header.Code;

    /// <summary>What the incident is called.</summary>
    public string Title => Header.Title;

    /// <summary>Where the room is in its life.</summary>
    public RoomPhase State => Header.State;
}

/// <summary>What a room is.</summary>
/// <param name="ClosesAt">While closing: when it is final.</param>
/// <param name="Admits">Who may call in beside the members.</param>
/// <param name="Recording">How it is recorded; null when it is not and nothing is kept.</param>
/// <param name="Lease">Who holds it, and for how long.</param>
[GenerateSerializer, Alias("interop.room-header")]
public sealed record RoomHeader(
    RoomCode Code,
    string Title,
    RoomPhase State,
    string Type,
    Priority Priority,
    Place? Place,
    AgencyId Owner,
    bool Standing,
    DateTimeOffset OpenedAt,
    string OpenedBy,
    DateTimeOffset? ClosesAt,
    IReadOnlyList<string> Admits,
    RecordingView? Recording = null,
    LeaseView? Lease = null);

/// <summary>An invitation as shown.</summary>
/// <param name="Person">The id of the person who is asked, where one is.</param>
/// <param name="PersonName">Their name, as the directory had it.</param>
/// <param name="Role">The role of those who are asked, where one is.</param>
/// <param name="Terms">What they should know before they accept.</param>
/// <param name="ExpiresAt">Until when it waits; null for ever.</param>
/// <param name="Conditions">On what conditions a member takes part.</param>
/// <param name="Counter">The conditions that it asks for, while the inviter has not answered.</param>
/// <param name="EndsAt">When the membership ends, once it has been warned of it.</param>
/// <param name="Next">Whom it passes to when nobody accepts.</param>
/// <param name="After">The invitation that passed to this one.</param>
[GenerateSerializer, Alias("interop.invite-view")]
public sealed record InviteView(
    InviteId Id,
    AgencyId Agency,
    InviteStatus Status,
    string? Purpose,
    string? Reason,
    string InvitedBy,
    DateTimeOffset InvitedAt,
    DateTimeOffset? AnsweredAt,
    string? Person = null,
    string? PersonName = null,
    Role? Role = null,
    InviteTerms? Terms = null,
    DateTimeOffset? ExpiresAt = null,
    Conditions? Conditions = null,
    Conditions? Counter = null,
    DateTimeOffset? EndsAt = null,
    IReadOnlyList<Invitee>? Next = null,
    InviteId? After = null)
{
    /// <summary>Who is asked.</summary>
    [JsonIgnore]
    public Invitee Invitee => new(Agency, Person, Role);

    /// <summary>Whether by it somebody is in the room or may come.</summary>
    [JsonIgnore]
    public bool Stands => Status is InviteStatus.Pending or InviteStatus.Countered or InviteStatus.Accepted;
}

/// <summary>A link as shown; its token is shown once, to whoever makes it.</summary>
/// <param name="For">For whom it is.</param>
/// <param name="Uses">How many have answered by it, of <paramref name="MaxUses"/>.</param>
[GenerateSerializer, Alias("interop.link-view")]
public sealed record LinkView(
    InviteId Id,
    LinkStatus Status,
    Role Role,
    string? For,
    string? Purpose,
    InviteTerms Terms,
    string MadeBy,
    DateTimeOffset MadeAt,
    DateTimeOffset ExpiresAt,
    int MaxUses,
    int Uses);

/// <summary>Somebody who came by a link.</summary>
/// <param name="Name">As the roster and the record name them: <c>Jo Park (by link of Dana Ortiz)</c>.</param>
/// <param name="Cause">Why they are out, in words.</param>
[GenerateSerializer, Alias("interop.guest-view")]
public sealed record GuestView(string Id, string Name, InviteId Link, Role Role, GuestStatus Status, DateTimeOffset Since, string? Cause = null);

/// <summary>A line of the roster.</summary>
/// <param name="Cause">Why it is lost or gone, in words.</param>
/// <param name="Share">For a radio: the share it stands for.</param>
/// <param name="Own">What the party chose for itself by key; the narrower of it and <see cref="Mode"/> holds.</param>
/// <param name="Priority">Its standing among those who want the floor.</param>
/// <param name="Ask">How it is asked in; null once it has said yes.</param>
/// <param name="Loops">Whether it is out of the mix, since the room's own sound comes back by it.</param>
/// <param name="Rings">Whether a party that is being called rings already; live only, never recorded.</param>
/// <param name="Security">The SRTP suite that protects its voice; null in the clear. Live only, never recorded.</param>
/// <param name="Gain">How much louder than it came the room hears it, in dB, as a dispatcher set it; below 0 it is quieter.</param>
/// <param name="Quality">What was measured of its voice; null while nothing was. Live only, never recorded.</param>
/// <param name="Anew">While it is lost: whether it is called anew, since its call is of no use any more.</param>
/// <param name="Node">The node that answers for its call; for the nodes alone, and live only, never recorded.</param>
[GenerateSerializer, Alias("interop.leg-view")]
public sealed record LegView(
    LegId Id,
    LegKind Kind,
    LegMode Mode,
    LegStatus Status,
    Party Party,
    bool Dialled,
    DateTimeOffset Since,
    string? Cause,
    ShareId? Share,
    LegMode Own = LegMode.Talk,
    Priority Priority = Priority.Routine,
    LegAsk? Ask = null,
    bool Rings = false,
    bool Loops = false,
    string? Security = null,
    int Gain = 0,
    LegQuality? Quality = null,
    bool Anew = false,
    [property: JsonIgnore] string? Node = null);

/// <summary>A lent resource as shown.</summary>
/// <param name="Leg">Its leg, where it carries voice.</param>
/// <param name="Ends">When the hub takes it back by itself; null for not before somebody does.</param>
/// <param name="Conditions">What its owner asks of those who use it.</param>
[GenerateSerializer, Alias("interop.share-view")]
public sealed record ShareView(
    ShareId Id,
    ResourceId Resource,
    string Name,
    LegId? Leg,
    string LentBy,
    DateTimeOffset LentAt,
    ResourceKind Kind = ResourceKind.Channel,
    ShareDirection Direction = ShareDirection.Both,
    DateTimeOffset? Ends = null,
    string? Conditions = null);

/// <summary>A line of chat as shown.</summary>
/// <param name="Via">How it came: <c>console</c>, <c>sip</c>, <c>api</c>, <c>link</c>.</param>
/// <param name="Leg">The leg it came from, when it came by phone.</param>
/// <param name="Undelivered">Legs that it did not reach, with the cause.</param>
[GenerateSerializer, Alias("interop.chat-line")]
public sealed record ChatLine(
    string Id,
    string From,
    AgencyId Agency,
    string Via,
    string Text,
    DateTimeOffset At,
    LegId? Leg,
    IReadOnlyList<Undelivered> Undelivered);

/// <summary>A leg that a line of chat did not reach.</summary>
[GenerateSerializer, Alias("interop.undelivered")]
public sealed record Undelivered(LegId Leg, string Name, string Cause);

/// <summary>A link to video as shown.</summary>
/// <param name="Share">For a lent camera: its share, whose id is the link's too.</param>
[GenerateSerializer, Alias("interop.video-link")]
public sealed record VideoLink(string Id, string Title, string Url, AgencyId Agency, string PostedBy, DateTimeOffset At, ShareId? Share = null);
