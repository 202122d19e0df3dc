using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What several decisions ask of the room as a whole.</summary>
internal static class RoomRules
{
    /// <summary>Nobody and nothing new comes into a room that closes.</summary>
    public static Refusal? TakesMore(RoomState state) => state.Phase switch
    {
        RoomPhase.Open => null,
        RoomPhase.Closing => Refusals.Closing(state.Code),
        _ => Refusals.Closed(state.Code),
    };

    public static Refusal? NotOver(RoomState state) => state.IsOver ? Refusals.Closed(state.Code) : null;

    public static Refusal? HasPlaceForLeg(RoomState state) =>
        state.Legs.Count(leg => leg.Status != LegStatus.Gone) >= Limits.Legs
            ? Refusals.Full("leg.too-many", "legs", Limits.Legs, "drop one first")
            : null;
}
