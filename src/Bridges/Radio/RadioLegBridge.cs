using Interop.Bridges.Core.Legs;
using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Radio;

/// <summary>Brings a radio channel into its room: one gateway leg of the anchor's media engine.</summary>
internal sealed class RadioLegBridge(MediaEngine engine) : ILegBridge
{
    public LegKind Kind => LegKind.Radio;

    public bool Holds(RoomCode room, LegId leg) => engine.Read(room.Value, leg.Value) is not null;

    public async Task<LegAttempt> BringUpAsync(RoomPlan plan, PlannedLeg leg, CancellationToken cancel)
    {
        if (leg.Gateway is not { } gateway)
            return LegAttempt.Left("the channel has no gateway");
        if (RadioGatewaySettings.Read(gateway, out var fault) is not { } settings)
            return LegAttempt.Left(fault);
        var refused = await engine.OpenRadioAsync(plan.Room.Value, leg.Id.Value, settings, cancel);
        return refused is null ? LegAttempt.Up : LegAttempt.Lost(refused.Text);
    }
}
