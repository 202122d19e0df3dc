using System.Text.Json.Serialization;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>Who is asked in: an agency, one of its people, or those with a role in it.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Person">The id of one of its people; null for no one in particular.</param>
/// <param name="Role">Whoever has at least this role there, such as its commanders; null for the agency itself.</param>
/// <param name="Call">The address at which they are asked by phone; null for what the directory names.</param>
/// <param name="PatienceSeconds">How long they have to answer before it is the next name's turn; null for the usual time.</param>
[GenerateSerializer, Alias("interop.invitee")]
public sealed record Invitee(AgencyId Agency, string? Person = null, Role? Role = null, string? Call = null, int? PatienceSeconds = null)
{
    /// <summary>Whether the agency as such is asked, so that its phones may come in.</summary>
    [JsonIgnore]
    public bool IsWhole => Person is null && Role is null;

    /// <summary>Whether the actor is among those who are asked. A trunk proves an agency, so a phone is never a person or a role.</summary>
    public bool Includes(Actor actor) => actor.Kind != ActorKind.Guest && actor.Agency == Agency
        && (IsWhole || (actor.Kind is ActorKind.Person or ActorKind.Token && (Person is null || (actor.Kind == ActorKind.Person && actor.Id == Person)) && (Role is null || actor.Role >= Role)));

    /// <summary>Whether both ask the same, wherever they are called.</summary>
    public bool IsSame(Invitee other) => Agency == other.Agency && Person == other.Person && Role == other.Role;
}

/// <summary>On what conditions an agency takes part. The narrowest of all that concern somebody holds.</summary>
/// <param name="ListenOnly">It hears and is not heard.</param>
/// <param name="NoVideo">It neither sees nor posts video links.</param>
/// <param name="Until">When its membership ends; null for no end.</param>
[GenerateSerializer, Alias("interop.conditions")]
public sealed record Conditions(bool ListenOnly = false, bool NoVideo = false, DateTimeOffset? Until = null)
{
    /// <summary>None at all.</summary>
    [JsonIgnore]
    public bool AreNone => this == new Conditions();
}

/// <summary>What whoever is asked in should know before they accept.</summary>
/// <param name="Handling">How what is said and shown must be handled; null where nothing was laid down.</param>
/// <param name="Recorded">Whether the room's voice is recorded.</param>
/// <param name="KeepDays">For how many days a recording is kept.</param>
[GenerateSerializer, Alias("interop.invite-terms")]
public sealed record InviteTerms(string? Handling, bool Recorded, int KeepDays);

/// <summary>Where a link is.</summary>
public enum LinkStatus
{
    /// <summary>It can be followed.</summary>
    Open,

    /// <summary>As many have answered as it was made for.</summary>
    UsedUp,

    /// <summary>Its time is over. Guests who came by it before stay.</summary>
    Expired,

    /// <summary>Taken back, and whoever came by it is out.</summary>
    Withdrawn,
}

/// <summary>Where a guest is.</summary>
public enum GuestStatus
{
    /// <summary>In the room.</summary>
    In,

    /// <summary>Left by themselves.</summary>
    Left,

    /// <summary>Put out.</summary>
    Removed,
}

/// <summary>Who invites by a link, why and on what terms: all that its holder learns before they accept.</summary>
/// <param name="Agency">The room's owner.</param>
/// <param name="AgencyName">Its name.</param>
/// <param name="InvitedBy">Who made the link.</param>
/// <param name="For">For whom it was made, if that was said.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Terms">How what is said must be handled, and how long it is kept.</param>
/// <param name="Role">What a guest may do: observer reads, member takes part.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
[GenerateSerializer, Alias("interop.link-offer")]
public sealed record LinkOffer(
    AgencyId Agency, string AgencyName, string InvitedBy, string? For, string? Purpose, InviteTerms Terms, Role Role, DateTimeOffset ExpiresAt);

/// <summary>A counter to an invitation is accepted, or refused: then it waits as it was made.</summary>
/// <param name="Invite">The invitation.</param>
/// <param name="Accept">Yes or no.</param>
/// <param name="Seen">The conditions that are accepted: others may have been asked for meanwhile.</param>
/// <param name="Reason">Why not.</param>
[GenerateSerializer, Alias("interop.room-command.answer-counter")]
public sealed record AnswerCounter(InviteId Invite, bool Accept, Conditions? Seen = null, string? Reason = null) : RoomCommand;

/// <summary>A member changes its own conditions: it lays them on itself, lifts them, or prolongs its stay.</summary>
[GenerateSerializer, Alias("interop.room-command.set-conditions")]
public sealed record SetConditions(InviteId Invite, Conditions Conditions) : RoomCommand;

/// <summary>A time has come: somebody has not answered, a membership is about to end or is over, a link has expired.</summary>
[GenerateSerializer, Alias("interop.room-command.follow-invites")]
public sealed record FollowInvites : RoomCommand;

/// <summary>Makes a link by which people without an account come in.</summary>
/// <param name="TokenHash">SHA-256 of the link's token, lower-case hex; the token itself is in no record.</param>
/// <param name="Role">Observer or member.</param>
/// <param name="For">For whom it is, for people.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Handling">How what is said must be handled; null for what the owner's directory says.</param>
/// <param name="Uses">How many may answer by it; null for one.</param>
/// <param name="LifeSeconds">How long it can be answered; null for the usual time.</param>
[GenerateSerializer, Alias("interop.room-command.make-link")]
public sealed record MakeLink(
    string TokenHash, Role Role, string? For = null, string? Purpose = null, string? Handling = null, int? Uses = null, int? LifeSeconds = null) : RoomCommand;

/// <summary>Takes a link back, and out of the room whoever came by it.</summary>
[GenerateSerializer, Alias("interop.room-command.withdraw-link")]
public sealed record WithdrawLink(InviteId Link) : RoomCommand;

/// <summary>Whoever holds a link comes in under a name of their own choosing.</summary>
[GenerateSerializer, Alias("interop.room-command.accept-link")]
public sealed record AcceptLink(string TokenHash, string Name) : RoomCommand;

/// <summary>Whoever holds a link says no.</summary>
[GenerateSerializer, Alias("interop.room-command.decline-link")]
public sealed record DeclineLink(string TokenHash, string? Reason) : RoomCommand;

/// <summary>A guest leaves, or is put out.</summary>
[GenerateSerializer, Alias("interop.room-command.end-guest")]
public sealed record EndGuest(string Guest) : RoomCommand;
