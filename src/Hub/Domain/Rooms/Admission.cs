using Interop.Hub.Contracts.Ids;
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
        var invite = state.StandingInvite(party.Agency);
        if (party.Agency != state.Owner && invite is null && !IsListed(state, command.Caller))
            return Refusals.NotAdmitted(state.Code);
        if (RoomRules.HasPlaceForLeg(state) is { } full)
            return full;
        var joined = new LegJoined(new Numbering(state).Leg(), party);
        // Who comes when asked has said yes.
        return invite is { Status: InviteStatus.Pending }
            ? Decision.Of([new InviteAnswered(invite.Id, Accepted: true, "called in"), joined])
            : joined;
    }

    private static bool IsListed(RoomState state, Caller caller)
    {
        foreach (var admitted in state.Terms.Admits)
            if (caller.Credentials.Contains(admitted, StringComparer.Ordinal) || Names(admitted, caller.Party.Agency))
                return true;
        return false;
    }

    private static bool Names(string admitted, AgencyId agency) =>
        admitted.StartsWith("agency:", StringComparison.Ordinal) && admitted.AsSpan("agency:".Length).SequenceEqual(agency.Value);
}
