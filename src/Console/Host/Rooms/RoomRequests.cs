using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>A room to open.</summary>
/// <param name="Title">What the incident is called.</param>
/// <param name="Type">A word of the agency's choosing: <c>shooting</c>.</param>
/// <param name="Invites">Agencies asked in at once.</param>
/// <param name="Admits">Who may call in beside the members: <c>trunk:lab</c> (the owner's), <c>trunk:ctic/feed</c>, <c>endpoint:hpd/desk-1</c>, <c>agency:ctic</c>.</param>
/// <param name="Until">How long it is expected to last.</param>
/// <param name="Shares">Names of own channels to lend at once.</param>
internal sealed record OpenRequest(
    string? Title,
    string? Type,
    Priority? Priority,
    Place? Place,
    IReadOnlyList<AgencyId>? Invites,
    IReadOnlyList<string>? Admits,
    IReadOnlyList<string>? Shares,
    DateTimeOffset? Until = null);

/// <summary>Why a room is closed.</summary>
internal sealed record CloseRequest(string? Reason);

/// <summary>Until when the closing can be undone.</summary>
internal sealed record CloseAnswer(DateTimeOffset? ClosesAt);

/// <summary>An agency to ask in, one of its people, or those with a role in it.</summary>
/// <param name="Agency">Its id.</param>
/// <param name="Purpose">Why, for people; whoever is called hears of it after a first key.</param>
/// <param name="Call">The SIP address where it is asked by phone, in place of the duty desk or the person's address that the directory may name.</param>
/// <param name="Person">The id of one of its people, who alone answers and comes in.</param>
/// <param name="Role">Whoever has at least this role there: <c>commander</c>.</param>
/// <param name="Handling">How what is said must be handled; what the inviting agency's entry says when left out.</param>
/// <param name="PatienceSeconds">How long they have, 15 s to 7 days; two minutes when another name follows, 12 hours otherwise.</param>
/// <param name="Next">Whom it passes to when nobody accepts.</param>
internal sealed record InviteRequest(
    string? Agency,
    string? Purpose,
    string? Call = null,
    string? Person = null,
    Role? Role = null,
    string? Handling = null,
    int? PatienceSeconds = null,
    IReadOnlyList<Invitee>? Next = null);

/// <summary>Yes or no to an invitation, or a yes on conditions.</summary>
internal sealed record InviteAnswer(bool? Accept, string? Reason, Conditions? Conditions = null);

/// <summary>Yes to the conditions that were seen, or no.</summary>
internal sealed record CounterAnswer(bool? Accept, Conditions? Conditions = null, string? Reason = null);

/// <summary>Somebody to call.</summary>
/// <param name="Uri">A SIP address of the directory, of the agency's own telephone system, or of its destinations: <c>sip:desk@10.0.0.5</c>.</param>
/// <param name="Name">As the roster shows it.</param>
/// <param name="Ask">Whether the party hears who calls first, and comes in only when it presses a key.</param>
/// <param name="Purpose">Why it is asked; only with <c>ask</c>.</param>
/// <param name="Language">In which it is asked, <c>en</c> or <c>es</c>; only with <c>ask</c>.</param>
internal sealed record DialRequest(string? Uri, string? Name, bool? Ask = null, string? Purpose = null, string? Language = null);

/// <summary>What a leg may do from now on, or how loud it is heard; one of the two.</summary>
/// <param name="Mode">Talk, listen or muted.</param>
/// <param name="Gain">In dB beside what came, -20 to 20.</param>
internal sealed record LegChange(LegMode? Mode = null, int? Gain = null);

/// <summary>An own resource to lend.</summary>
/// <param name="Resource"><c>patrol-north</c> or <c>hpd/patrol-north</c>.</param>
/// <param name="Kind">A channel, unless it says otherwise.</param>
/// <param name="Direction">Which way it is open.</param>
/// <param name="Ends">When the hub takes it back.</param>
/// <param name="Conditions">What is asked of those who use it.</param>
internal sealed record ShareRequest(
    string? Resource, ResourceKind? Kind = null, ShareDirection? Direction = null, DateTimeOffset? Ends = null, string? Conditions = null);

/// <summary>A line of chat.</summary>
internal sealed record ChatRequest(string? Text);

/// <summary>A link to video.</summary>
internal sealed record VideoRequest(string? Title, string? Url);
