using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>A change that somebody asks of a room; <see cref="IRoomGrain.Execute"/> answers it.</summary>
[GenerateSerializer, Alias("interop.room-command")]
public abstract record RoomCommand;

/// <summary>Opens the room, or brings a standing room in line with its provisioned entry.</summary>
/// <param name="Title">What the incident is called; at most 200 characters.</param>
/// <param name="Type">A word of the agency's choosing: <c>shooting</c>.</param>
/// <param name="Priority">How urgent.</param>
/// <param name="Place">Where, if known.</param>
/// <param name="Owner">The agency that holds the room.</param>
/// <param name="Admits">Who may call in beside the members; see <see cref="Caller"/>.</param>
/// <param name="Invites">Agencies asked in from the start.</param>
/// <param name="Shares">What the owner lends from the start.</param>
/// <param name="Alert">The alert that opened it.</param>
/// <param name="ProvisionedAs">The hash of the provisioned entry, for a standing room; an entry seen before changes nothing.</param>
/// <param name="Until">How long it is expected to last; null for as long as it takes.</param>
[GenerateSerializer, Alias("interop.room-command.open")]
public sealed record OpenRoom(
    string Title,
    string Type,
    Priority Priority,
    Place? Place,
    AgencyId Owner,
    IReadOnlyList<string> Admits,
    IReadOnlyList<AgencyId> Invites,
    IReadOnlyList<LentResource> Shares,
    AlertSummary? Alert = null,
    string? ProvisionedAs = null,
    DateTimeOffset? Until = null) : RoomCommand;

/// <summary>Asks an agency in, one of its people, or those with a role in it.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Purpose">Why, for people.</param>
/// <param name="Call">The SIP address at which it is asked by phone; null for the desk that its directory names, or the person's own address.</param>
/// <param name="Person">The id of one of its people, who alone answers and comes in.</param>
/// <param name="Role">Whoever has at least this role there answers and comes in.</param>
/// <param name="Handling">How what is said must be handled; null for what the owner's directory says.</param>
/// <param name="PatienceSeconds">How long they have to answer; null for the usual time.</param>
/// <param name="Next">Whom it passes to, one after the other, when nobody accepts.</param>
[GenerateSerializer, Alias("interop.room-command.invite")]
public sealed record InviteAgency(
    AgencyId Agency,
    string? Purpose,
    string? Call = null,
    string? Person = null,
    Role? Role = null,
    string? Handling = null,
    int? PatienceSeconds = null,
    IReadOnlyList<Invitee>? Next = null) : RoomCommand;

/// <summary>The yes or no of whoever was invited, or a yes on conditions: a counter, which the inviter accepts or refuses.</summary>
[GenerateSerializer, Alias("interop.room-command.answer-invite")]
public sealed record AnswerInvite(InviteId Invite, bool Accept, string? Reason, Conditions? Conditions = null) : RoomCommand;

/// <summary>Takes an invitation back, and the membership with it.</summary>
[GenerateSerializer, Alias("interop.room-command.withdraw-invite")]
public sealed record WithdrawInvite(InviteId Invite) : RoomCommand;

/// <summary>Lets a caller in, who is already proved to be what it says.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Replaces">The leg of the same agency whose place it takes (RFC 3891), if it names one.</param>
/// <param name="Own">The room's own Contact, as the caller knows it: of two rooms that call each other it tells which call stands.</param>
[GenerateSerializer, Alias("interop.room-command.admit")]
public sealed record AdmitCaller(Caller Caller, LegId? Replaces = null, string? Own = null) : RoomCommand;

/// <summary>Brings the actor's own voice in, from a browser; the same page asked again has the same leg.</summary>
/// <param name="Client">What the page calls itself, for as long as it lives: 8 to 64 letters, digits and hyphens.</param>
[GenerateSerializer, Alias("interop.room-command.join-by-browser")]
public sealed record JoinByBrowser(string Client) : RoomCommand;

/// <summary>The actor's own browser leaves; its leg is not brought back.</summary>
[GenerateSerializer, Alias("interop.room-command.leave-by-browser")]
public sealed record LeaveByBrowser(LegId Leg) : RoomCommand;

/// <summary>Calls a SIP address and keeps it in the room.</summary>
/// <param name="Uri">Where.</param>
/// <param name="Name">As the roster shows it.</param>
/// <param name="Ask">Whether the party is asked first, and comes in only when it presses a key.</param>
/// <param name="Purpose">Why it is asked.</param>
/// <param name="Language">The language in which it is asked.</param>
/// <param name="From">The leg whose phone asks for it by REFER, when one does.</param>
[GenerateSerializer, Alias("interop.room-command.dial")]
public sealed record DialOut(
    string Uri, string? Name, bool Ask = false, string? Purpose = null, string? Language = null, LegId? From = null) : RoomCommand;

/// <summary>What a node heard: the answer of a party that was asked in.</summary>
[GenerateSerializer, Alias("interop.room-command.answer-ask")]
public sealed record AnswerAsk(LegId Leg, LegAnswer Answer) : RoomCommand;

/// <summary>A party's own choice, by key: to talk, to listen only, or to be muted. It never lifts what the room laid on the leg.</summary>
[GenerateSerializer, Alias("interop.room-command.choose-leg-mode")]
public sealed record ChooseLegMode(LegId Leg, LegMode Mode) : RoomCommand;

/// <summary>Lets a leg talk, makes it a listener, or mutes it.</summary>
[GenerateSerializer, Alias("interop.room-command.set-leg-mode")]
public sealed record SetLegMode(LegId Leg, LegMode Mode) : RoomCommand;

/// <summary>Has a leg heard louder or quieter by everybody else in the room.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Gain">In dB beside what came, from -20 to 20; 0 leaves it as it came.</param>
[GenerateSerializer, Alias("interop.room-command.set-leg-gain")]
public sealed record SetLegGain(LegId Leg, int Gain) : RoomCommand;

/// <summary>Cuts a leg off; it is not brought back.</summary>
/// <param name="From">The leg whose phone asks for it by REFER, when one does.</param>
[GenerateSerializer, Alias("interop.room-command.drop-leg")]
public sealed record DropLeg(LegId Leg, LegId? From = null) : RoomCommand;

/// <summary>What a node saw: the leg is connected.</summary>
[GenerateSerializer, Alias("interop.room-command.leg-up")]
public sealed record LegCameUp(LegId Leg) : RoomCommand;

/// <summary>What a node saw: the leg broke; it is brought back.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Cause">Why, in words.</param>
/// <param name="Anew">Whether its call is of no use any more: it is ended, and the party called again.</param>
[GenerateSerializer, Alias("interop.room-command.leg-lost")]
public sealed record LegWasLost(LegId Leg, string Cause, bool Anew = false) : RoomCommand;

/// <summary>What a node saw: the party hung up or declined; it is not rung again.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Cause">Why, in words.</param>
/// <param name="Tried">Whether a call that the hub was making came to this: a leg that is up by another call meanwhile stays.</param>
[GenerateSerializer, Alias("interop.room-command.leg-left")]
public sealed record LegLeft(LegId Leg, string Cause, bool Tried = false) : RoomCommand;

/// <summary>What a node saw: the party is another system's room (RFC 4579).</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Focus">Its Contact.</param>
/// <param name="Own">The room's own Contact, as that party knows it.</param>
[GenerateSerializer, Alias("interop.room-command.meet-focus")]
public sealed record MeetFocus(LegId Leg, string Focus, string Own) : RoomCommand;

/// <summary>What a node heard: the room's own sound comes back by the leg, which is out of the mix for it; or no more.</summary>
[GenerateSerializer, Alias("interop.room-command.leg-loops")]
public sealed record LegLoops(LegId Leg, bool Loops) : RoomCommand;

/// <summary>A line of chat.</summary>
/// <param name="Text">At most 4,000 characters.</param>
/// <param name="From">The leg it came from, when it came by phone.</param>
[GenerateSerializer, Alias("interop.room-command.chat")]
public sealed record PostChat(string Text, LegId? From = null) : RoomCommand;

/// <summary>What a node saw: a line did not reach a leg.</summary>
[GenerateSerializer, Alias("interop.room-command.chat-undelivered")]
public sealed record ChatUndelivered(string Line, LegId Leg, string Cause) : RoomCommand;

/// <summary>A link to video.</summary>
[GenerateSerializer, Alias("interop.room-command.video")]
public sealed record PostVideo(string Title, string Url) : RoomCommand;

/// <summary>Takes a video link away.</summary>
[GenerateSerializer, Alias("interop.room-command.remove-video")]
public sealed record RemoveVideo(string Video) : RoomCommand;

/// <summary>Brings an alert, or what became of it, into the room.</summary>
[GenerateSerializer, Alias("interop.room-command.alert")]
public sealed record AttachAlert(AlertSummary Alert) : RoomCommand;

/// <summary>Asks the room to close; it closes when the time to undo it has passed.</summary>
[GenerateSerializer, Alias("interop.room-command.close")]
public sealed record CloseRoom(string? Reason) : RoomCommand;

/// <summary>Takes the closing back while it can be.</summary>
[GenerateSerializer, Alias("interop.room-command.undo-close")]
public sealed record UndoClose : RoomCommand;

/// <summary>The time to undo has passed.</summary>
[GenerateSerializer, Alias("interop.room-command.finish-close")]
public sealed record FinishClose : RoomCommand;
