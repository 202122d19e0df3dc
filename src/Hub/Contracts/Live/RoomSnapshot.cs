using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Contracts.Live;

/// <summary>Orders the changes of a room: a new epoch starts over, a gap in the number means that something was missed.</summary>
[GenerateSerializer, Alias("interop.live-revision")]
public readonly record struct LiveRevision(long Epoch, long Number);

/// <summary>A room in a list.</summary>
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
    int LegsLost)
{
    /// <summary>Whether the actor may know of the room: it reads rooms, and its agency holds this one, is a member, or is asked in.</summary>
    public bool IsVisibleTo(Actor actor) =>
        actor.ReadsRooms && (Owner == actor.Agency || Members.Contains(actor.Agency) || Invited.Contains(actor.Agency));
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
    LegId? Floor)
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
    RecordingView? Recording = null);

/// <summary>An invitation as shown.</summary>
[GenerateSerializer, Alias("interop.invite-view")]
public sealed record InviteView(
    InviteId Id,
    AgencyId Agency,
    InviteStatus Status,
    string? Purpose,
    string? Reason,
    string InvitedBy,
    DateTimeOffset InvitedAt,
    DateTimeOffset? AnsweredAt);

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
    bool Anew = false);

/// <summary>A lent resource as shown.</summary>
[GenerateSerializer, Alias("interop.share-view")]
public sealed record ShareView(ShareId Id, ResourceId Resource, string Name, LegId Leg, string LentBy, DateTimeOffset LentAt);

/// <summary>A line of chat as shown.</summary>
/// <param name="Via">How it came: <c>console</c>, <c>sip</c>, <c>api</c>.</param>
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
[GenerateSerializer, Alias("interop.video-link")]
public sealed record VideoLink(string Id, string Title, string Url, AgencyId Agency, string PostedBy, DateTimeOffset At);
