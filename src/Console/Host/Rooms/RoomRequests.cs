using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>A room to open.</summary>
/// <param name="Title">What the incident is called.</param>
/// <param name="Type">A word of the agency's choosing: <c>shooting</c>.</param>
/// <param name="Invites">Agencies asked in at once.</param>
/// <param name="Admits">Who may call in beside the members: <c>trunk:lab</c> (the owner's), <c>trunk:ctic/feed</c>, <c>endpoint:hpd/desk-1</c>, <c>agency:ctic</c>.</param>
/// <param name="Shares">Names of own channels to lend at once.</param>
internal sealed record OpenRequest(
    string? Title,
    string? Type,
    Priority? Priority,
    Place? Place,
    IReadOnlyList<AgencyId>? Invites,
    IReadOnlyList<string>? Admits,
    IReadOnlyList<string>? Shares);

/// <summary>Why a room is closed.</summary>
internal sealed record CloseRequest(string? Reason);

/// <summary>Until when the closing can be undone.</summary>
internal sealed record CloseAnswer(DateTimeOffset? ClosesAt);

/// <summary>An agency to ask in.</summary>
internal sealed record InviteRequest(string? Agency, string? Purpose);

/// <summary>Yes or no to an invitation.</summary>
internal sealed record InviteAnswer(bool? Accept, string? Reason);

/// <summary>A SIP address to call, <c>sip:desk@10.0.0.5</c>, and the name to show for it.</summary>
internal sealed record DialRequest(string? Uri, string? Name);

/// <summary>What a leg may do from now on.</summary>
internal sealed record LegChange(LegMode? Mode);

/// <summary>An own channel to lend: <c>patrol-north</c> or <c>hpd/patrol-north</c>.</summary>
internal sealed record ShareRequest(string? Resource);

/// <summary>A line of chat.</summary>
internal sealed record ChatRequest(string? Text);

/// <summary>A link to video.</summary>
internal sealed record VideoRequest(string? Title, string? Url);
