using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>Who has command of a room: a person of an agency.</summary>
[GenerateSerializer, Alias("interop.holder")]
public sealed record Holder(AgencyId Agency, string Name);

/// <summary>What a room warns its holder of; nothing closes for it.</summary>
public enum LeaseWarningKind
{
    /// <summary>Connections are up, and for the agreed time nobody of the holder's agency looked, acted or talked.</summary>
    Unattended,

    /// <summary>The room has lasted longer than was expected.</summary>
    Overdue,
}

/// <summary>A warning that stands.</summary>
/// <param name="To">Whom it is for now: the holder first, then the next in command.</param>
/// <param name="Escalated">Whether it has gone on to the next in command.</param>
/// <param name="Since">When it was last given.</param>
/// <param name="SeenBy">Who took note of it; it goes no further then.</param>
[GenerateSerializer, Alias("interop.lease-warning")]
public sealed record LeaseWarning(LeaseWarningKind Kind, Holder To, bool Escalated, DateTimeOffset Since, string? SeenBy = null);

/// <summary>Command that was offered and not yet taken; the old holder remains until it is.</summary>
/// <param name="Id">Unique in the room: <c>handover-1</c>.</param>
/// <param name="To">Whom; no name for any commander of the agency.</param>
/// <param name="Brief">What the successor must know.</param>
[GenerateSerializer, Alias("interop.handover")]
public sealed record Handover(string Id, Holder To, string Brief, string OfferedBy, DateTimeOffset OfferedAt);

/// <summary>Who holds a room, and how long it is expected to last.</summary>
/// <param name="Until">How long; null for as long as it takes.</param>
/// <param name="UnattendedMinutes">After how long without anybody of the holder's agency a room with connections warns.</param>
/// <param name="Next">The next in command, who is warned after the holder; null for the owner's commanders and dispatchers.</param>
[GenerateSerializer, Alias("interop.lease-view")]
public sealed record LeaseView(
    Holder Holder, DateTimeOffset? Until, int UnattendedMinutes, Holder? Next, IReadOnlyList<LeaseWarning> Warnings, Handover? Handover);

/// <summary>Says how long the room is expected to last, when it warns, and who is next; whole, in place of what was said before.</summary>
[GenerateSerializer, Alias("interop.room-command.set-lease")]
public sealed record SetLease(DateTimeOffset? Until, int? UnattendedMinutes = null, Holder? Next = null) : RoomCommand;

/// <summary>Takes note of a warning.</summary>
[GenerateSerializer, Alias("interop.room-command.take-note")]
public sealed record TakeNote(LeaseWarningKind Kind) : RoomCommand;

/// <summary>Looks whether the room is to warn.</summary>
/// <param name="Attended">When somebody of the holder's agency was last seen or heard, by what stands in no record.</param>
/// <param name="NotBefore">Until when nobody can have been seen yet, since the room came up only just now.</param>
[GenerateSerializer, Alias("interop.room-command.watch-lease")]
public sealed record WatchLease(DateTimeOffset? Attended, DateTimeOffset NotBefore) : RoomCommand;

/// <summary>Offers command to a person of a member agency, or to any commander of it.</summary>
[GenerateSerializer, Alias("interop.room-command.offer-command")]
public sealed record OfferCommand(AgencyId Agency, string? Name, string Brief) : RoomCommand;

/// <summary>The successor's yes or no.</summary>
[GenerateSerializer, Alias("interop.room-command.answer-command")]
public sealed record AnswerCommand(string Handover, bool Accept, string? Reason) : RoomCommand;

/// <summary>Takes the offer back.</summary>
[GenerateSerializer, Alias("interop.room-command.withdraw-command")]
public sealed record WithdrawCommand(string Handover) : RoomCommand;
