using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

internal sealed record LeaseSet(DateTimeOffset? Until, int UnattendedMinutes, Holder? Next) : RoomEvent;

/// <summary>The room warned; nothing closes for it.</summary>
/// <param name="Escalated">True where it went on to the next in command; null for the holder.</param>
internal sealed record LeaseWarned(LeaseWarningKind Kind, Holder To, bool? Escalated = null) : RoomEvent;

/// <summary>Somebody took note of a warning.</summary>
internal sealed record LeaseWarningSeen(LeaseWarningKind Kind) : RoomEvent;

/// <summary>What was warned of is so no more: somebody is there again, or nothing is up.</summary>
internal sealed record LeaseWarningEnded(LeaseWarningKind Kind) : RoomEvent;

/// <param name="Name">Null for any commander of the agency.</param>
internal sealed record CommandOffered(string Handover, AgencyId Agency, string? Name, string Brief) : RoomEvent;

/// <summary>Command passed to whoever the entry names.</summary>
internal sealed record CommandAccepted(string Handover) : RoomEvent;

internal sealed record CommandDeclined(string Handover, string? Reason) : RoomEvent;

internal sealed record CommandOfferWithdrawn(string Handover) : RoomEvent;
