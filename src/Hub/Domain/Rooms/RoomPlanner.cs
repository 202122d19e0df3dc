using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Says what should be: the plan of a room.</summary>
internal static class RoomPlanner
{
    public static RoomPlan Plan(RoomState state, long epoch, long number)
    {
        var open = state.Exists && !state.IsOver;
        return new RoomPlan(
            state.Code, state.Terms.Title, state.Owner, epoch, number, open, open ? Legs(state) : [], state.Terms.Type, state.Terms.Priority, state.Recordings.Status);
    }

    private static PlannedLeg[] Legs(RoomState state)
    {
        var legs = new List<PlannedLeg>(state.Legs.Count);
        foreach (var leg in state.Legs)
        {
            if (leg.Status == LegStatus.Gone)
                continue;
            var lent = leg.Share is { } share ? state.Share(share) : null;
            legs.Add(new PlannedLeg(
                leg.Id,
                leg.Kind,
                Effective(state, leg),
                leg.Status,
                leg.Party,
                leg.Dialled,
                Gateway(lent),
                leg.Ask,
                leg.Priority,
                leg.Gain,
                leg.Anew,
                lent is { View.Direction: ShareDirection.Listen } && leg.Kind != LegKind.Radio));
        }

        return [.. legs];
    }

    /// <summary>A channel that is lent to be listened to has nowhere to be keyed.</summary>
    private static RadioGateway? Gateway(Lent? lent) =>
        lent is { View.Direction: ShareDirection.Listen } ? lent.Resource.Gateway is { } gateway ? gateway with { Transmit = null } : null : lent?.Resource.Gateway;

    /// <summary>The narrowest of what the room lets a leg do, what its party chose itself, how it is lent, and the condition on which its agency came.</summary>
    public static LegMode Effective(RoomState state, LegView leg)
    {
        var mode = leg.Own > leg.Mode ? leg.Own : leg.Mode;
        var unheard = leg.Share is { } share && state.Share(share) is { View.Direction: ShareDirection.Talk };
        return mode == LegMode.Talk && (unheard || Memberships.ListensOnly(state, leg)) ? LegMode.Listen : mode;
    }
}
