using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Letting callers in.</summary>
internal static class Admission
{
    public static Decision Admit(RoomState state, AdmitCaller command)
    {
        // To a caller a room that is over is no different from one that never was.
        if (state.IsOver)
            return Refusals.Unknown(state.Code);
        var party = command.Caller.Party;
        if (FieldRules.Check(party) is { } wrong)
            return wrong;
        var priority = command.Caller.Priority == Priority.Routine ? (Priority?)null : command.Caller.Priority;
        if (command.Replaces is { } replaced)
            return Foci.Meet(state, party, command.Own, replaced).Refusal is { } second && state.Leg(replaced)?.Party.Agency == party.Agency
                ? second
                : Replace(state, replaced, party, priority);
        // A phone proves its agency, so it comes by an invitation of the agency and by none of a person or a role.
        var invite = state.StandingInvite(party.Agency);
        // Whoever came on conditions waits for the inviter's answer, by phone too.
        if (party.Agency != state.Owner && invite is null or { Status: InviteStatus.Countered } && !IsListed(state, command.Caller))
            return Refusals.NotAdmitted(state.Code);
        var lost = LostLegOf(state, party);
        var (takesUp, twice) = Foci.Meet(state, party, command.Own, lost?.Id);
        if (twice is not null)
            return twice;
        if ((lost ?? takesUp) is { } back)
            return Come(invite, new LegRejoined(back.Id, party, priority));
        if (Bridges.Twice(state, party) is { } loop)
            return loop;
        return RoomRules.HasPlaceForLeg(state) is { } full ? full : Come(invite, new LegJoined(new Numbering(state).Leg(), party, priority));
    }

    /// <summary>Who comes when asked has said yes.</summary>
    private static Decision Come(InviteView? invite, RoomEvent came) => invite is { Status: InviteStatus.Pending }
        ? Decision.Of([new InviteAnswered(invite.Id, Accepted: true, "called in"), came])
        : came;

    /// <summary>
    /// The party hands its place to another phone of its agency, which is the agency's own affair. To another agency's
    /// phone the leg is not there.
    /// </summary>
    private static Decision Replace(RoomState state, LegId id, Party party, Priority? priority) => state.Leg(id) switch
    {
        { Status: LegStatus.Gone } gone when gone.Party.Agency == party.Agency => Refusals.LegGone(id),
        { Kind: LegKind.Sip, Status: LegStatus.Up or LegStatus.Lost, Ask: null } leg when leg.Party.Agency == party.Agency => new LegReplaced(id, party, priority),
        _ => Refusals.NoLeg(id),
    };

    /// <summary>The leg of a party that was lost and now calls by itself; it must not be rung in the room it is already in.</summary>
    private static LegView? LostLegOf(RoomState state, Party party) =>
        state.Legs.Find(leg => leg.Status == LegStatus.Lost && IsSame(leg.Party, party));

    /// <summary>An endpoint or a bridge is known by its credentials, from wherever it calls. All others are known by their whole address.</summary>
    /// <remarks>The name of a caller through a trunk is caller id, which proves nothing: by it any phone of the trunk could take the leg.</remarks>
    private static bool IsSame(Party lost, Party caller) =>
        lost.Agency == caller.Agency
        && (lost.IsBridge || lost.Proof.StartsWith("endpoint:", StringComparison.Ordinal) ? lost.Proof == caller.Proof : lost.Address == caller.Address);

    private static bool IsListed(RoomState state, Caller caller)
    {
        foreach (var admitted in state.Terms.Admits)
            if (caller.Credentials.Contains(Qualified(admitted, state.Owner), StringComparer.Ordinal) || Names(admitted, caller.Party.Agency))
                return true;
        return false;
    }

    /// <summary>A trunk without an agency is the owner's: another agency's trunk of that name must not get in by it.</summary>
    private static string Qualified(string admitted, AgencyId owner) =>
        admitted.StartsWith("trunk:", StringComparison.Ordinal) && !admitted.Contains('/', StringComparison.Ordinal)
            ? $"trunk:{owner}/{admitted["trunk:".Length..]}"
            : admitted;

    private static bool Names(string admitted, AgencyId agency) =>
        admitted.StartsWith("agency:", StringComparison.Ordinal) && admitted.AsSpan("agency:".Length).SequenceEqual(agency.Value);
}
