using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Dialling;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Asking agencies, people and roles in, and taking it back.</summary>
internal static class Invites
{
    public static Decision Invite(RoomState state, InviteAgency command, DateTimeOffset now, Surroundings around)
    {
        var whom = new Invitee(command.Agency, command.Person, command.Role, command.Call, command.PatienceSeconds);
        var next = command.Next ?? [];
        if (WrongName(state, whom, "", around) is { } wrong)
            return wrong;
        if ((FieldRules.OptionalText("purpose", command.Purpose, Limits.ReasonLength) ?? FieldRules.OptionalText("handling", command.Handling, Limits.ReasonLength)) is { } tooLong)
            return tooLong;
        if (WrongNext(state, whom, next, around) is { } wrongNext)
            return wrongNext;
        if (RoomRules.TakesMore(state) is { } refusal)
            return refusal;
        if (state.StandingInvite(whom) is { } standing)
            return Refusals.Invited(standing);
        if (state.Invites.Count(invite => invite.Stands) >= Limits.Invites)
            return Refusals.Full("invite.too-many", "invitations", Limits.Invites, "withdraw one first");
        var number = new Numbering(state);
        var terms = Terms(command.Handling, state.Owner, state.Terms.Type, around);
        var invited = Sent(number, whom, command.Purpose, terms, next, after: null, now, around);
        if (Asks.Desk(number, invited, command.Call, state.Owner, around) is not { } called)
            return invited;
        return DialPolicy.Check(command.Call is null ? "agency" : "call", called.Party.Address, state.Owner, around)
            ?? RoomRules.HasPlaceForLeg(state)
            ?? Decision.Of([invited, called]);
    }

    public static Decision Withdraw(RoomState state, WithdrawInvite command)
    {
        if (state.Invite(command.Invite) is not { } invite)
            return Refusals.NoInvite(command.Invite);
        if (state.IsOver || !invite.Stands)
            return Decision.Nothing;
        return Decision.Of([new InviteWithdrawn(command.Invite), .. Departure(state, invite, "the invitation was withdrawn")]);
    }

    /// <summary>An invitation with its terms and times; a name that another follows has less time to answer.</summary>
    /// <param name="now">Null for one that waits for ever, as a standing room's does.</param>
    public static AgencyInvited Sent(
        Numbering number, Invitee whom, string? purpose, InviteTerms terms, IReadOnlyList<Invitee> next, InviteId? after, DateTimeOffset? now, Surroundings around)
    {
        var patience = whom.PatienceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : next.Count > 0 ? Limits.NamePatience : Limits.InvitePatience;
        return new AgencyInvited(
            number.Invite(), whom.Agency, purpose, whom.Person, around.Person(whom)?.Name, whom.Role, terms, now + patience, next.Count > 0 ? next : null, after);
    }

    /// <summary>What somebody who is asked in should know: the owner's handling terms unless others are named, and its rule for recordings.</summary>
    public static InviteTerms Terms(string? handling, AgencyId owner, string type, Surroundings around)
    {
        var rule = RecordingRule.For(around.Directory, owner, type, around.Recording ?? RecordingRule.Default);
        return new InviteTerms(string.IsNullOrWhiteSpace(handling) ? around.Agency(owner)?.Handling : handling.Trim(), rule.Record, rule.KeepDays);
    }

    /// <summary>Takes out what came into the room by an invitation, but for what another one that was accepted covers.</summary>
    /// <remarks>
    /// A leg is known by its agency, and a person's by the name too. One that was never accepted let in nothing but the party that
    /// it asks. A person's takes along what bears that name; an agency's or a role's, what bears none of those who stay.
    /// </remarks>
    /// <param name="state">The room, with the invitation as it was.</param>
    /// <param name="over">The invitation.</param>
    /// <param name="cause">Why, for the roster.</param>
    /// <param name="but">A leg that is gone by itself.</param>
    public static IEnumerable<RoomEvent> Departure(RoomState state, InviteView over, string cause, LegId? but = null)
    {
        var others = state.Invites.FindAll(other => other.Id != over.Id && other.Agency == over.Agency && other.Status == InviteStatus.Accepted);
        var admitted = state.Terms.Admits.Contains($"agency:{over.Agency}", StringComparer.Ordinal);
        if (over.Status == InviteStatus.Accepted)
            foreach (var share in state.Shares)
                if (share.View.Resource.Agency == over.Agency && Goes(share.View.LentBy))
                    yield return new ShareWithdrawn(share.View.Id, share.View.Leg);
        foreach (var leg in state.Legs)
            if (leg.Share is null && leg.Status != LegStatus.Gone && leg.Id != but && (leg.Ask?.Invite == over.Id || Came(leg)))
                yield return new LegDropped(leg.Id, cause);

        bool Came(LegView leg) => over.Status == InviteStatus.Accepted && leg.Party.Agency == over.Agency && Goes(leg.Party.Name)
            && !(admitted && leg is { Kind: LegKind.Sip, Dialled: false });

        bool Goes(string name) => over.Agency != state.Owner && !others.Exists(other => other.Invitee.IsWhole || other.PersonName == name)
            && (others.Count == 0 || (over.Person is null ? others.TrueForAll(other => other.Person is not null) : name == over.PersonName));
    }

    private static Refusal? WrongNext(RoomState state, Invitee first, IReadOnlyList<Invitee> next, Surroundings around)
    {
        if (next.Count > Limits.NextNames)
            return Refusals.Invalid("next", $"There are {next.Count} names; the most is {Limits.NextNames}.");
        for (var at = 0; at < next.Count; at++)
        {
            if (next[at] is null)
                return Refusals.Invalid($"next[{at}]", "A name is missing.");
            if (WrongName(state, next[at], $"next[{at}].", around) is { } wrong)
                return wrong;
            if (next[at].IsSame(first) || next.Take(at).Any(next[at].IsSame))
                return Refusals.Invalid($"next[{at}]", "Somebody is named twice.");
            if (around.AddressOf(next[at]) is { } address && DialPolicy.Check($"next[{at}].call", address, state.Owner, around) is { } denied)
                return denied;
        }

        return null;
    }

    private static Refusal? WrongName(RoomState state, Invitee whom, string at, Surroundings around)
    {
        if (FieldRules.Agency($"{at}agency", whom.Agency) is { } wrong)
            return wrong;
        if (whom.Agency == state.Owner && whom.IsWhole)
            return Refusals.Invalid($"{at}agency", "The room's owner is in it already; name one of its people, or a role.");
        if (whom is { Person: not null, Role: not null })
            return Refusals.Invalid($"{at}role", "Either a person is asked or a role, not both.");
        if (whom.Role is Role.Observer or Role.Integration)
            return Refusals.Invalid($"{at}role", "A role that is asked in must be one that takes part: member, commander, dispatcher or administrator.");
        if (whom.Person is not null && around.Person(whom) is null)
            return new Refusal(RefusalKind.Invalid, "person.unknown", $"The directory has nobody of {whom.Agency} by that id.", $"{at}person");
        return whom.PatienceSeconds is { } seconds && (seconds < Limits.LeastPatience.TotalSeconds || seconds > Limits.MostPatience.TotalSeconds)
            ? Refusals.Invalid($"{at}patienceSeconds", $"Whoever is asked must have {Limits.LeastPatience.TotalSeconds:0} to {Limits.MostPatience.TotalSeconds:0} seconds to answer.")
            : null;
    }
}
