using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>The refusals of a room, each with its stable code.</summary>
internal static class Refusals
{
    /// <summary>The same for a room that does not exist and for one that the actor may not know of.</summary>
    public static Refusal Unknown(RoomCode code) =>
        new(RefusalKind.NotFound, "room.unknown", $"There is no room {code}.");

    public static Refusal NotAllowed(string needed) => new(RefusalKind.Denied, "room.not-allowed", needed);

    public static Refusal NotAdmitted(RoomCode code) =>
        new(RefusalKind.Denied, "room.not-admitted", $"Room {code} does not admit this caller; its owner can invite the agency.");

    public static Refusal Closed(RoomCode code) =>
        new(RefusalKind.Conflict, "room.closed", $"Room {code} is closed; only its record remains.");

    public static Refusal Closing(RoomCode code) =>
        new(RefusalKind.Conflict, "room.closing", $"Room {code} is about to close; undo the closing first.");

    public static Refusal Exists(RoomCode code) =>
        new(RefusalKind.Conflict, "room.exists", $"Room {code} is open already.");

    public static Refusal Taken(RoomCode code) =>
        new(RefusalKind.Conflict, "room.taken", $"The code {code} belongs to another room; choose another code.", "code");

    public static Refusal NoLeg(LegId leg) => new(RefusalKind.NotFound, "leg.unknown", $"The room has no leg {leg}.");

    public static Refusal BridgeTwice(string name) =>
        new(RefusalKind.Loop, "leg.bridge-twice", $"The bridge {name} is in the room already; a second way to it would make a loop. Drop that leg first.");

    public static Refusal FocusTwice(LegView there) =>
        new(RefusalKind.Loop, "leg.focus-twice", $"The two rooms are joined already by {there.Id}, {there.Party.Name}; a second way would send all sound round. Drop that leg first.");

    public static Refusal FocusOfItself(RoomCode code) =>
        new(RefusalKind.Loop, "leg.focus-own", $"Room {code} called itself; it hears its own already.");

    public static Refusal LegGone(LegId leg) => new(RefusalKind.Conflict, "leg.gone", $"The leg {leg} has left the room.");

    public static Refusal GainBeyond(int gain) =>
        new(RefusalKind.Invalid, "leg.gain-range", $"A gain of {gain} dB is too much; it must be from -{Limits.LegGain} to {Limits.LegGain} dB.", "gain");

    public static Refusal NoInvite(InviteId invite) =>
        new(RefusalKind.NotFound, "invite.unknown", $"The room has no invitation {invite}.");

    public static Refusal Invited(InviteView standing) => new(
        RefusalKind.Conflict,
        "invite.exists",
        $"{standing.PersonName ?? standing.Agency.Value} is {(standing.Status == InviteStatus.Accepted ? "in the room already" : "invited already and has not answered")}.",
        "agency");

    public static Refusal InviteOver(InviteView invite) => new(
        RefusalKind.Conflict,
        "invite.over",
        $"The invitation {(invite.Status switch { InviteStatus.Withdrawn => "was withdrawn", InviteStatus.Declined => "was declined", InviteStatus.Expired => "expired", _ => "is over" })}; ask the room's owner for a new one.");

    /// <summary>The same for every link that cannot be followed, so that nobody learns by trying which there were.</summary>
    public static Refusal NoLink() =>
        new(RefusalKind.NotFound, "link.unknown", "This link cannot be used: it was withdrawn, has expired, was used, or is not whole. Ask whoever sent it for a new one.");

    public static Refusal GuestOver() => new(RefusalKind.Denied, "guest.over", "Your visit to this room is over.");

    public static Refusal ListensOnly(LegView leg) =>
        new(RefusalKind.Conflict, "leg.listen-only", $"{leg.Party.Agency} takes part to listen only; it lifts that itself.");

    public static Refusal NoVideo() =>
        new(RefusalKind.Denied, "video.without", "You take part without video; your agency lifts that itself.");

    public static Refusal NoShare(ShareId share) =>
        new(RefusalKind.NotFound, "share.unknown", $"The room has no lent resource {share}; it may have been withdrawn.");

    public static Refusal ShareInUse(string name, string where) =>
        new(RefusalKind.Conflict, "share.in-use", $"{name} is talked on from {where}, and takes one floor; lend it to listen only, or withdraw it there first.", "resource");

    public static Refusal ShareLoops(string name, string path) =>
        new(RefusalKind.Loop, "share.loop", $"{name} would send sound round: {path}. Lend it one way only, or take one of these out first.", "resource");

    public static Refusal Deleting() =>
        new(RefusalKind.Unavailable, "recording.deleting", "Recordings whose time is up are being deleted this moment; hold the rest in a minute.");

    public static Refusal Full(string code, string what, int limit, string remedy) =>
        new(RefusalKind.Unavailable, code, $"The room has {limit} {what}, which is the most; {remedy}.");

    public static Refusal Invalid(string field, string text) => new(RefusalKind.Invalid, "room.invalid", text, field);
}
