using Interop.Bridges.Core.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Brings a SIP leg up: goes on with its stored dialog, and calls only when that is gone (design rule 1).</summary>
internal sealed class SipLegBridge(SipStackHost host, SipLegs legs, AwaitedLegs awaited, Rejoining rejoining, Dialling dialling) : ILegBridge
{
    public LegKind Kind => LegKind.Sip;

    public bool Holds(RoomCode room, LegId leg) => legs.TryFind(room, leg, out _);

    public async Task<LegAttempt> BringUpAsync(RoomPlan plan, PlannedLeg leg, CancellationToken cancel)
    {
        await host.WhenStarted;
        if (cancel.IsCancellationRequested)
        {
            await rejoining.EndUnwantedAsync(plan.Room, leg.Id);
            return LegAttempt.Lost("no longer wanted");
        }

        if (leg.Status == LegStatus.Lost)
            awaited.Await(plan.Room, leg.Id);
        if (leg.Anew)
            await rejoining.EndAsync(plan.Room, leg.Id);
        else if (await rejoining.TryAsync(plan.Room, leg, cancel) is { } rejoined)
            return rejoined;
        if (cancel.IsCancellationRequested)
            return LegAttempt.Lost("no longer wanted");
        return await dialling.TryAsync(plan, leg, cancel);
    }
}
