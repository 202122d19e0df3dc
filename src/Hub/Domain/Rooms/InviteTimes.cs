using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Dialling;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What time makes of invitations and links. All of it is in the journal, so an activation that comes up late goes on where it stands.</summary>
internal static class InviteTimes
{
    /// <summary>When something is due next; null for never.</summary>
    public static DateTimeOffset? Next(RoomState state)
    {
        DateTimeOffset? next = null;
        if (!state.Exists || state.IsOver)
            return next;
        foreach (var invite in state.Invites)
            next = Earlier(next, Due(invite));
        foreach (var link in state.Links)
            if (link.View.Status == LinkStatus.Open)
                next = Earlier(next, link.View.ExpiresAt);
        return next;
    }

    public static Decision Follow(RoomState state, DateTimeOffset now, Surroundings around)
    {
        if (state.IsOver)
            return Decision.Nothing;
        var number = new Numbering(state);
        var happened = new List<RoomEvent>();
        foreach (var invite in state.Invites)
            if (Due(invite) <= now)
                happened.AddRange(invite.Status == InviteStatus.Pending ? Expire(state, invite, number, now, around) : Ending(state, invite, now));
        foreach (var link in state.Links)
            if (link.View.Status == LinkStatus.Open && link.View.ExpiresAt <= now)
                happened.Add(new LinkExpired(link.View.Id));
        // Two invitations of one agency may take out the same leg.
        return Decision.Of(happened.Distinct());
    }

    /// <summary>The next name's turn, if there is one that is not in or asked already.</summary>
    public static IEnumerable<RoomEvent> Pass(RoomState state, InviteView from, Numbering number, DateTimeOffset now, Surroundings around)
    {
        if (state.Phase != RoomPhase.Open || from.Next is not { } names)
            yield break;
        var rest = names.SkipWhile(name => state.StandingInvite(name) is not null).ToArray();
        if (rest is not [var whom, .. var others])
            yield break;
        var invited = Invites.Sent(number, whom, from.Purpose, from.Terms ?? Invites.Terms(null, state.Owner, state.Terms.Type, around), others, from.Id, now, around);
        yield return invited;
        if (Asks.Desk(number, invited, whom.Call, state.Owner, around) is not { } called)
            yield break;
        // The name is asked in the console all the same.
        var refusal = DialPolicy.Check("call", called.Party.Address, state.Owner, around) ?? RoomRules.HasPlaceForLeg(state);
        yield return refusal is null ? called : LegNotDialled.For(called, refusal);
    }

    private static DateTimeOffset? Due(InviteView invite) => invite switch
    {
        { Status: InviteStatus.Pending } => invite.ExpiresAt,
        { Status: InviteStatus.Accepted, EndsAt: { } ends } => ends,
        { Status: InviteStatus.Accepted, Conditions.Until: { } until } => until - Limits.EndingWarning,
        _ => null,
    };

    private static IEnumerable<RoomEvent> Expire(RoomState state, InviteView invite, Numbering number, DateTimeOffset now, Surroundings around)
    {
        yield return new InviteExpired(invite.Id);
        foreach (var leg in state.Legs)
            if (leg.Ask?.Invite == invite.Id && leg.Status != LegStatus.Gone)
                yield return new LegDropped(leg.Id, "nobody answered in time");
        foreach (var passed in Pass(state, invite, number, now, around))
            yield return passed;
    }

    /// <summary>First the warning, then the end. A warning that comes late, after the hub was down, puts the end off: nobody is cut off without one.</summary>
    private static IEnumerable<RoomEvent> Ending(RoomState state, InviteView invite, DateTimeOffset now)
    {
        if (invite.EndsAt is null)
            return [new InviteEnding(invite.Id, Later(invite.Conditions!.Until!.Value, now + Limits.EndingWarning))];
        return [new InviteEnded(invite.Id), .. Invites.Departure(state, invite, "its time in the room is over")];
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
