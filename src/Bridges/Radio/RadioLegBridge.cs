using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Radio;

/// <summary>Brings a radio channel into its room: one gateway leg of the anchor's voice.</summary>
internal sealed class RadioLegBridge(Lazy<IAnchorRadio> anchor) : ILegBridge
{
    public LegKind Kind => LegKind.Radio;

    public bool Holds(RoomCode room, LegId leg) => anchor.Value.IsOpen(room, leg);

    public async Task<LegAttempt> BringUpAsync(RoomPlan plan, PlannedLeg leg, CancellationToken cancel)
    {
        if (leg.Gateway is not { } gateway)
            return LegAttempt.Left("the channel has no gateway");
        return RadioGatewaySettings.Read(gateway, out var fault) is { } settings
            ? await anchor.Value.OpenAsync(plan.Room, leg.Id, settings with { Net = leg.Party.Address })
            : LegAttempt.Left(fault);
    }
}
