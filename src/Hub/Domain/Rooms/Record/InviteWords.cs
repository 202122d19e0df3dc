using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms.Record;

/// <summary>What the record says of conditions, of times that came, and of links and who came by them.</summary>
internal static class InviteWords
{
    /// <summary>Who was asked: the agency, or somebody of it.</summary>
    public static string Whom(AgencyInvited invited, Func<AgencyId, string> agency) => invited switch
    {
        { PersonName: { } name } => $"{name}, {agency(invited.Agency)}",
        { Role: { } role } => $"{agency(invited.Agency)}, as {role.ToString().ToLowerInvariant()} or above",
        _ => agency(invited.Agency),
    };

    /// <param name="happened">What happened; null comes back for what is no concern of this.</param>
    /// <param name="invited">Who an invitation asked.</param>
    /// <param name="called">What a link or a guest is called.</param>
    public static (RecordAspect Aspect, string Text)? Of(RoomEvent happened, Func<InviteId, string> invited, Func<string, string> called) => happened switch
    {
        InviteCountered e => (RecordAspect.Invited, $"would come ({Said(e.Conditions)}){RecordWords.Because(e.Reason)}"),
        CounterAnswered { Accepted: true } e => (RecordAspect.Invited, $"accepted the conditions of {invited(e.Invite)}{RecordWords.Because(e.Reason)}"),
        CounterAnswered e => (RecordAspect.Refused, $"refused the conditions of {invited(e.Invite)}{RecordWords.Because(e.Reason)}"),
        ConditionsSet e => (RecordAspect.Invited, $"takes part from now on: {Said(e.Conditions)}"),
        InviteExpired e => (RecordAspect.Refused, $"saw no answer of {invited(e.Invite)} in time"),
        InviteEnding e => (RecordAspect.Invited, $"warned that the time of {invited(e.Invite)} in the room ends at {At(e.EndsAt)}"),
        InviteEnded e => (RecordAspect.Invited, $"ended the membership of {invited(e.Invite)}, whose time was over"),
        LinkMade e => (RecordAspect.Invited, $"made a link for {e.For ?? "a guest"}, good for {e.Uses} until {At(e.ExpiresAt)}{RecordWords.Because(e.Purpose)}"),
        LinkWithdrawn e => (RecordAspect.Invited, $"withdrew the link for {called(e.Link.Value)}, and put out who came by it"),
        LinkExpired e => (RecordAspect.Invited, $"let the link for {called(e.Link.Value)} expire"),
        GuestCame e => (RecordAspect.Invited, $"came in by the link for {called(e.Link.Value)}"),
        GuestDeclined e => (RecordAspect.Refused, $"declined by the link for {called(e.Link.Value)}{RecordWords.Because(e.Reason)}"),
        GuestLeft { Removed: true } e => (RecordAspect.Invited, $"put {called(e.Guest)} out: {e.Cause}"),
        GuestLeft e => (RecordAspect.Invited, $"saw {called(e.Guest)} leave"),
        _ => null,
    };

    private static string Said(Conditions conditions)
    {
        string[] said =
        [
            .. conditions.ListenOnly ? ["to listen only"] : Array.Empty<string>(),
            .. conditions.NoVideo ? ["without video"] : Array.Empty<string>(),
            .. conditions.Until is { } until ? [$"until {At(until)}"] : Array.Empty<string>(),
        ];
        return said.Length == 0 ? "without conditions" : string.Join(", ", said);
    }

    private static string At(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture);
}
