using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What the invited say: yes, no, or yes on conditions; and what becomes of the conditions.</summary>
internal static class Answers
{
    public static Decision Answer(RoomState state, AnswerInvite command, DateTimeOffset now, Surroundings around)
    {
        if (FieldRules.OptionalText("reason", command.Reason, Limits.ReasonLength) is { } tooLong)
            return tooLong;
        if (state.Invite(command.Invite) is not { } invite)
            return Refusals.NoInvite(command.Invite);
        if (state.IsOver)
            return Refusals.Closed(state.Code);
        if (command.Conditions is { AreNone: false } conditions && command.Accept)
            return Counter(state, invite, conditions, command.Reason, now);
        if (invite.Status == (command.Accept ? InviteStatus.Accepted : InviteStatus.Declined))
            return Decision.Nothing;
        if (!invite.Stands)
            return Refusals.InviteOver(invite);
        if (command.Accept)
            return new InviteAnswered(command.Invite, Accepted: true, command.Reason);
        // A member that declines later leaves the room, and takes along what it brought.
        var declined = new InviteAnswered(command.Invite, Accepted: false, command.Reason);
        var passes = invite.Status == InviteStatus.Accepted ? [] : InviteTimes.Pass(state, invite, new Numbering(state), now, around);
        return Decision.Of([declined, .. Invites.Departure(state, invite, "the agency left"), .. passes]);
    }

    public static Decision AnswerCounter(RoomState state, AnswerCounter command, DateTimeOffset now)
    {
        if (FieldRules.OptionalText("reason", command.Reason, Limits.ReasonLength) is { } tooLong)
            return tooLong;
        if (state.Invite(command.Invite) is not { } invite)
            return Refusals.NoInvite(command.Invite);
        if (state.IsOver)
            return Refusals.Closed(state.Code);
        if (invite is { Status: InviteStatus.Accepted, Conditions: { } stands } && command.Accept && command.Seen == stands)
            return Decision.Nothing;
        if (invite is not { Status: InviteStatus.Countered, Counter: { } counter })
            return invite.Stands
                ? new Refusal(RefusalKind.Conflict, "invite.no-counter", "The invitation has no conditions that wait for an answer.")
                : Refusals.InviteOver(invite);
        if (!command.Accept)
            return new CounterAnswered(command.Invite, Accepted: false, command.Reason);
        if (command.Seen != counter)
            return new Refusal(RefusalKind.Conflict, "invite.counter-changed", "They ask for other conditions by now; look again, then answer.", "conditions");
        return counter.Until <= now
            ? new Refusal(RefusalKind.Conflict, "invite.counter-late", "The time until which they would have come is over; refuse it, and they can answer again.")
            : new CounterAnswered(command.Invite, Accepted: true, command.Reason);
    }

    /// <summary>A member's own conditions are its own to lay on itself and to lift: it could leave altogether.</summary>
    public static Decision SetConditions(RoomState state, SetConditions command, DateTimeOffset now)
    {
        if (state.Invite(command.Invite) is not { } invite)
            return Refusals.NoInvite(command.Invite);
        if (state.IsOver)
            return Refusals.Closed(state.Code);
        if (invite.Status != InviteStatus.Accepted)
            return invite.Stands
                ? new Refusal(RefusalKind.Conflict, "invite.not-accepted", "Answer the invitation first; conditions go with the answer.")
                : Refusals.InviteOver(invite);
        if ((invite.Conditions ?? new Conditions()) == command.Conditions)
            return Decision.Nothing;
        // A time that stands already may be near; only a new one must leave time to be warned of.
        if (command.Conditions.Until != invite.Conditions?.Until && WrongUntil(command.Conditions, now) is { } wrong)
            return wrong;
        return new ConditionsSet(command.Invite, command.Conditions);
    }

    private static Decision Counter(RoomState state, InviteView invite, Conditions conditions, string? reason, DateTimeOffset now)
    {
        if (invite is { Status: InviteStatus.Countered, Counter: { } same } && same == conditions)
            return Decision.Nothing;
        if (invite.Status == InviteStatus.Accepted)
            return new Refusal(RefusalKind.Conflict, "invite.accepted", "The invitation is accepted already; a member changes its own conditions.");
        if (!invite.Stands)
            return Refusals.InviteOver(invite);
        if (WrongUntil(conditions, now) is { } wrong)
            return wrong;
        // A phone that is still being asked could else say yes without them.
        var asked = state.Legs.Where(leg => leg.Ask?.Invite == invite.Id && leg.Status != LegStatus.Gone).Select(leg => new LegDropped(leg.Id, "answered with conditions"));
        return Decision.Of([new InviteCountered(invite.Id, conditions, reason), .. asked]);
    }

    private static Refusal? WrongUntil(Conditions conditions, DateTimeOffset now) =>
        conditions.Until is { } until && (until < now + Limits.EndingWarning || until > now + Limits.MostLinkLife)
            ? Refusals.Invalid("conditions.until", $"The end must be at least {Limits.EndingWarning.TotalMinutes:0} minutes and at most {Limits.MostLinkLife.TotalDays:0} days ahead.")
            : null;
}
