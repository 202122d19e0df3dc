using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Dialling;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Asking agencies in, their answers, and taking it back.</summary>
internal static class Invites
{
    public static Decision Invite(RoomState state, InviteAgency command, Surroundings around)
    {
        if (FieldRules.Agency("agency", command.Agency) is { } wrong)
            return wrong;
        if (FieldRules.OptionalText("purpose", command.Purpose, Limits.ReasonLength) is { } tooLong)
            return tooLong;
        if (RoomRules.TakesMore(state) is { } refusal)
            return refusal;
        if (command.Agency == state.Owner)
            return Refusals.Invalid("agency", "The room's owner is in it already.");
        if (state.StandingInvite(command.Agency) is { } standing)
            return new Refusal(
                RefusalKind.Conflict,
                "invite.exists",
                $"{command.Agency} is {(standing.Status == InviteStatus.Pending ? "invited already and has not answered" : "a member already")}.",
                "agency");
        if (state.Invites.Count(invite => invite.Status is InviteStatus.Pending or InviteStatus.Accepted) >= Limits.Invites)
            return Refusals.Full("invite.too-many", "invitations", Limits.Invites, "withdraw one first");
        var number = new Numbering(state);
        var invited = new AgencyInvited(number.Invite(), command.Agency, command.Purpose);
        if (Asks.Desk(number, invited, command.Call, state.Owner, around) is not { } called)
            return invited;
        return DialPolicy.Check(command.Call is null ? "agency" : "call", called.Party.Address, state.Owner, around)
            ?? RoomRules.HasPlaceForLeg(state)
            ?? Decision.Of([invited, called]);
    }

    public static Decision Answer(RoomState state, AnswerInvite command)
    {
        if (FieldRules.OptionalText("reason", command.Reason, Limits.ReasonLength) is { } tooLong)
            return tooLong;
        if (state.Invite(command.Invite) is not { } invite)
            return Refusals.NoInvite(command.Invite);
        if (state.IsOver)
            return Refusals.Closed(state.Code);
        var asked = command.Accept ? InviteStatus.Accepted : InviteStatus.Declined;
        if (invite.Status == asked)
            return Decision.Nothing;
        if (invite.Status is InviteStatus.Declined or InviteStatus.Withdrawn)
            return new Refusal(
                RefusalKind.Conflict, "invite.over", "The invitation is over; ask the room's owner for a new one.");
        // A member that declines later leaves the room, and takes along what it brought.
        return command.Accept
            ? new InviteAnswered(command.Invite, Accepted: true, command.Reason)
            : Decision.Of([new InviteAnswered(command.Invite, Accepted: false, command.Reason), .. Departure(state, invite.Agency, "the agency left")]);
    }

    public static Decision Withdraw(RoomState state, WithdrawInvite command)
    {
        if (state.Invite(command.Invite) is not { } invite)
            return Refusals.NoInvite(command.Invite);
        if (state.IsOver || invite.Status is InviteStatus.Withdrawn or InviteStatus.Declined)
            return Decision.Nothing;
        return Decision.Of([new InviteWithdrawn(command.Invite), .. Departure(state, invite.Agency, "the invitation was withdrawn")]);
    }

    /// <summary>Takes out what an agency has in the room.</summary>
    /// <param name="but">A leg that is gone by itself.</param>
    public static IEnumerable<RoomEvent> Departure(RoomState state, AgencyId agency, string cause, LegId? but = null)
    {
        foreach (var share in state.Shares)
            if (share.View.Resource.Agency == agency)
                yield return new ShareWithdrawn(share.View.Id, share.View.Leg);
        foreach (var leg in state.Legs)
            if (leg.Party.Agency == agency && leg.Share is null && leg.Status != LegStatus.Gone && leg.Id != but)
                yield return new LegDropped(leg.Id, cause);
    }
}
