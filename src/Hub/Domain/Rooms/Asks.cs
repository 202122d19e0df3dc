using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Asking a called party in, and what it answers.</summary>
internal static class Asks
{
    /// <summary>Calls an invited agency: its duty desk, the person, or the address that was named instead.</summary>
    /// <returns>Null when there is nowhere to call.</returns>
    public static LegDialled? Desk(Numbering number, AgencyInvited invited, string? call, AgencyId by, Surroundings around)
    {
        if (around.AddressOf(new Invitee(invited.Agency, invited.Person, invited.Role, call)) is not { } address)
            return null;
        var name = around.NameOf(invited.Agency);
        var party = new Party(
            invited.Agency,
            invited.PersonName ?? (call is null ? FieldRules.Cut($"{name}, duty desk", Limits.NameLength) : name),
            address,
            "dialled");
        // Terms that say nothing are not said.
        var terms = invited.Terms is { Handling: null, Recorded: false } ? null : invited.Terms;
        return new LegDialled(number.Leg(), party, new LegAsk(by, around.NameOf(by), invited.Purpose, around.Agency(invited.Agency)?.Language, invited.Invite, terms));
    }

    /// <summary>A yes is believed at any time before the leg is gone. Silence counts only while the question stands: a leg
    /// that was lost meanwhile is asked again.</summary>
    public static Decision Answer(RoomState state, AnswerAsk command, DateTimeOffset now, Surroundings around) => state.Leg(command.Leg) switch
    {
        null => Refusals.NoLeg(command.Leg),
        { Ask: null } or { Status: LegStatus.Gone } => Decision.Nothing,
        { Status: not LegStatus.Asking } when command.Answer == LegAnswer.None => Decision.Nothing,
        var leg => Decision.Of([new LegAnswered(leg.Id, command.Answer), .. OfInvite(state, leg, command.Answer, now, around)]),
    };

    /// <summary>What the answer makes of an invitation that still waits; one that was accepted in the console stays so.</summary>
    private static IEnumerable<RoomEvent> OfInvite(RoomState state, LegView leg, LegAnswer answer, DateTimeOffset now, Surroundings around)
    {
        if (leg.Ask?.Invite is not { } id || state.Invite(id) is not { Status: InviteStatus.Pending } invite || answer == LegAnswer.None)
            yield break;
        var accepted = answer != LegAnswer.Decline;
        yield return new InviteAnswered(id, accepted, "by phone");
        if (!accepted)
            foreach (var follows in Invites.Departure(state, invite, "the agency declined", leg.Id).Concat(InviteTimes.Pass(state, invite, new Numbering(state), now, around)))
                yield return follows;
    }
}
