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
            if (leg.Status != LegStatus.Gone)
                legs.Add(new PlannedLeg(
                    leg.Id,
                    leg.Kind,
                    Effective(leg),
                    leg.Status,
                    leg.Party,
                    leg.Dialled,
                    leg.Share is { } share ? state.Share(share)?.Gateway : null,
                    leg.Ask,
                    leg.Priority,
                    leg.Gain,
                    leg.Anew));
        return [.. legs];
    }

    /// <summary>The narrower of what the room lets a leg do and what its party chose itself.</summary>
    public static LegMode Effective(LegView leg) => leg.Own > leg.Mode ? leg.Own : leg.Mode;
}
