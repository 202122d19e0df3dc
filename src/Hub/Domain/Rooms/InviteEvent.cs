using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>The invited would come on conditions.</summary>
internal sealed record InviteCountered(InviteId Invite, Conditions Conditions, string? Reason) : RoomEvent;

/// <summary>The inviter accepts the conditions, and they are in; or refuses, and the invitation waits as it was made.</summary>
internal sealed record CounterAnswered(InviteId Invite, bool Accepted, string? Reason) : RoomEvent;

/// <summary>A member changed its own conditions.</summary>
internal sealed record ConditionsSet(InviteId Invite, Conditions Conditions) : RoomEvent;

/// <summary>Nobody answered in time.</summary>
internal sealed record InviteExpired(InviteId Invite) : RoomEvent;

/// <summary>Everybody was warned that a membership ends soon.</summary>
internal sealed record InviteEnding(InviteId Invite, DateTimeOffset EndsAt) : RoomEvent;

/// <summary>The time that the member had set is over.</summary>
internal sealed record InviteEnded(InviteId Invite) : RoomEvent;

/// <summary>A link was made; its token is in no record, only the hash.</summary>
internal sealed record LinkMade(
    InviteId Link, string TokenHash, Role Role, string? For, string? Purpose, InviteTerms Terms, DateTimeOffset ExpiresAt, int Uses) : RoomEvent;

internal sealed record LinkWithdrawn(InviteId Link) : RoomEvent;

internal sealed record LinkExpired(InviteId Link) : RoomEvent;

/// <summary>Somebody accepted by a link, under a name of their own choosing.</summary>
internal sealed record GuestCame(string Guest, InviteId Link, string Name) : RoomEvent;

/// <summary>Somebody who holds a link said no, which uses it as a yes does.</summary>
internal sealed record GuestDeclined(InviteId Link, string? Reason) : RoomEvent;

/// <summary>A guest left; with <paramref name="Removed"/> it was put out.</summary>
internal sealed record GuestLeft(string Guest, string Cause, bool? Removed = null) : RoomEvent;
