using Interop.Bridges.Core.Legs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Calls a party into its room.</summary>
internal sealed class Dialling(
    SipStackHost host,
    IGrainFactory grains,
    IDialogStore dialogs,
    LegRegistrar registrar,
    SipBridgeOptions options,
    TimeProvider time,
    SipBridgeMetrics metrics)
{
    public async Task<LegAttempt> TryAsync(RoomPlan plan, PlannedLeg leg, CancellationToken cancel)
    {
        if (!SipUri.TryParse(leg.Party.Address, out var target) || !target.IsSip)
            return LegAttempt.Left("its address can't be called");
        var placed = await grains.GetGrain<IRoomGrain>(plan.Room.Value).OpenMedia(leg.Id, null);
        if (!placed.Ok)
            return LegAttempt.Lost(placed.Refusal.Text);

        var offer = AudioOffer.Create(RoomSdp.Capabilities(placed.Value, RoomSdp.NewSessionId(), 1));
        // It may ring for its time; a phone that does not answer at all is not rung, and ends with the transaction's 408.
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var outgoing = host.Stack.Invite(new OutgoingInvite
        {
            Target = target,
            From = host.RoomIdentity(plan.Room, plan.Title),
            Offer = offer,
            Provisional = _ => patience.CancelAfter(options.RingTime),
        });
        await using var noAnswer = patience.Token.Register(outgoing.Cancel);
        await using var notWanted = cancel.Register(outgoing.Cancel);
        switch (await outgoing.Completion)
        {
            case CallOutcome.Answered answered:
                return await ConnectAsync(plan, leg, answered, placed.Value, offer, cancel);
            case CallOutcome.Failed failed:
                metrics.Call("out", failed.Status.ToString());
                return DialResult.Of(failed, leg.Status, patience.IsCancellationRequested);
            default:
                throw new InvalidOperationException("A call ends answered or failed.");
        }
    }

    private async Task<LegAttempt> ConnectAsync(
        RoomPlan plan, PlannedLeg leg, CallOutcome.Answered answered, MediaPlace place, SessionDescription offer, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested || RoomSdp.FarEnd(answered.Remote) is not { } farEnd)
        {
            await answered.Call.ByeAsync();
            return LegAttempt.Left("its answer has no voice that the room speaks");
        }

        await dialogs.Save(DialogRecord.Of(plan.Room, leg.Id, answered.Call.State), CancellationToken.None);
        var connected = await grains.GetGrain<IRoomGrain>(plan.Room.Value).OpenMedia(leg.Id, farEnd);
        if (!connected.Ok)
        {
            await answered.Call.ByeAsync();
            return LegAttempt.Lost(connected.Refusal.Text);
        }

        registrar.Register(plan.Room, leg.Id, answered.Call, leg.Party, place, offer, asked: leg.Ask is not null);
        metrics.Call("out", "joined");
        return LegAttempt.Up;
    }
}
