using Interop.Bridges.Core;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Goes on with a dialog: one that another process had, or this one, whose voice has to move to a new place.</summary>
/// <remarks>The phone may still be in the call, sending into a port that is no more: a re-INVITE names the new one.</remarks>
internal sealed class Rejoining(
    SipStackHost host,
    SipLegs legs,
    IGrainFactory grains,
    IDialogStore dialogs,
    DialPlans plans,
    MediaPolicy policy,
    LegRegistrar registrar,
    SipLegDuties duties,
    SipBridgeOptions options,
    TimeProvider time,
    SipBridgeMetrics metrics,
    ILogger<Rejoining> logger)
{
    /// <summary>What the try came to; null when there is no dialog, or none that the phone still knows.</summary>
    public async Task<LegAttempt?> TryAsync(RoomCode room, PlannedLeg leg, CancellationToken cancel)
    {
        if (await StateOfAsync(room, leg.Id) is not { } state)
            return null;
        var placed = await grains.GetGrain<IRoomGrain>(room.Value).OpenMedia(leg.Id, null, SipLegDuties.PeerOf(state));
        if (!placed.Ok)
            return LegAttempt.Lost(placed.Refusal.Text);
        if (await CallOfAsync(room, leg.Id, plans.CredentialsFor(leg.Party)) is not { } call)
            return null;

        LegAttempt? rejoined = null;
        try
        {
            rejoined = await MoveAsync(room, leg, call, placed.Value, cancel);
        }
        finally
        {
            // Stopping is no reason to hang up: the next process goes on with the call. Neither is a room that moved: another node does.
            if (rejoined is null && !host.IsStopping && !(cancel.IsCancellationRequested && await GoesOnElsewhereAsync(room, leg.Id, call)))
                await GiveUpAsync(room, leg.Id, call);
        }

        metrics.Call("rejoin", rejoined?.Result switch { LegResult.Up => "joined", LegResult.Left => "left", _ => "failed" });
        return rejoined;
    }

    /// <summary>Hangs up what a leg that is no longer wanted may still have.</summary>
    public async Task EndAsync(RoomCode room, LegId leg)
    {
        if (!host.IsStopping && await CallOfAsync(room, leg, credentials: null) is { } call)
            await GiveUpAsync(room, leg, call);
    }

    /// <summary>The same, for a leg that is no longer tried here: the room may have let it go, or have moved with it.</summary>
    public async Task EndUnwantedAsync(RoomCode room, LegId leg)
    {
        if (!await IsWantedAsync(room, leg))
            await EndAsync(room, leg);
    }

    /// <summary>Whether the room still wants the leg and it has no other call here; a room that cannot be asked may.</summary>
    private async Task<bool> GoesOnElsewhereAsync(RoomCode room, LegId leg, Call call)
    {
        if (legs.TryFind(room, leg, out var current) && current.Call != call)
            return false;
        if (!await IsWantedAsync(room, leg))
            return false;
        if (current is null)
            call.Abandon();
        return true;
    }

    private async Task<bool> IsWantedAsync(RoomCode room, LegId leg)
    {
        try
        {
            var looked = await grains.GetGrain<IRoomGrain>(room.Value).Look(Actor.Hub);
            return looked.Ok && looked.Value.Legs.Any(view => view.Id == leg && view.Status != LegStatus.Gone);
        }
        catch (Exception unreachable) when (unreachable is TimeoutException or OrleansException)
        {
            return true;
        }
    }

    private async Task<Call?> CallOfAsync(RoomCode room, LegId leg, DigestCredentials? credentials)
    {
        if (legs.TryFind(room, leg, out var held))
            return held.Call;
        if (await StateOfAsync(room, leg) is not { } state)
            return null;
        // Its phone may have spoken first, and the call be resumed already.
        var known = await host.Stack.FindCallAsync(new Replaces(state.CallId, state.LocalTag, state.RemoteTag, EarlyOnly: false));
        return known.Call ?? host.Stack.Resume(state, credentials);
    }

    private async Task<DialogState?> StateOfAsync(RoomCode room, LegId leg)
    {
        if (legs.TryFind(room, leg, out var held))
            return held.Call.State;
        return await dialogs.Find(room, leg, CancellationToken.None) is { } stored ? DialogRecord.Read(stored) : null;
    }

    /// <summary>Up when the voice moved, left when the phone hung up over it; null when the call can't go on.</summary>
    private async Task<LegAttempt?> MoveAsync(RoomCode room, PlannedLeg leg, Call call, MediaPlace place, CancellationToken cancel)
    {
        var protection = policy.Of(leg.Party);
        var offer = RoomSdp.Moved(place, call.State.LocalSdp, leg.Party.IsBridge, protection);
        var outcome = await OfferAsync(call, offer, cancel);
        var crossed = outcome is ReinviteOutcome.Failed { Status: 491 };
        var moved = !crossed && await TakeAsync(room, leg.Id, call, offer, outcome, protection);
        // A BYE that crossed the offer waits for the leg that it ends: whoever hung up is not rung again (design rule 4).
        var left = call.End is { Kind: CallEndKind.RemoteBye };
        if (!crossed && !moved && !left)
            return null;
        registrar.Register(room, leg.Id, call, leg.Party, place, offer, asked: leg.Ask is not null);
        // The phone is there, and made an offer of its own: it is answered as that of one who spoke first, and ours follows.
        if (crossed && !left)
            SettleAsync(room, leg.Id, call, offer, protection).Observe(logger, "move a phone whose own offer had crossed the hub's");
        return left ? LegAttempt.Left("hung up") : LegAttempt.Up;
    }

    private async Task SettleAsync(RoomCode room, LegId leg, Call call, SessionDescription offer, SdpProtection protection) =>
        await TakeAsync(room, leg, call, offer, await call.ReinviteAsync(offer, CancellationToken.None), protection);

    private async Task<ReinviteOutcome?> OfferAsync(Call call, SessionDescription offer, CancellationToken cancel)
    {
        try
        {
            return await call.ReinviteAsync(offer, cancel).WaitAsync(options.RejoinTime, time, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Sends the voice to where the answer says; false when there is none to send to.</summary>
    private async Task<bool> TakeAsync(RoomCode room, LegId leg, Call call, SessionDescription offer, ReinviteOutcome? outcome, SdpProtection protection)
    {
        if (outcome is not ReinviteOutcome.Answered { Remote: var remote } || RoomSdp.FarEnd(remote, offer, protection) is not { } farEnd)
            return false;
        if (farEnd.Keys is { } keys)
            farEnd = farEnd with { Keys = keys with { Renewed = true } };
        // Whether it held us before the kill is not known, and a room with music in it can't be worked in.
        return (await grains.GetGrain<IRoomGrain>(room.Value).OpenMedia(leg, RoomSdp.WithoutMusic(farEnd), SipLegDuties.PeerOf(call.State))).Ok;
    }

    /// <summary>What is left of the old call would else answer, or be answered, beside a new one.</summary>
    private async Task GiveUpAsync(RoomCode room, LegId leg, Call call)
    {
        call.ByeAsync().Observe(logger, "end a call that could not go on");
        if (!legs.TryFind(room, leg, out var current))
            await dialogs.Forget(room, leg, CancellationToken.None);
        else if (current.Call == call && legs.Remove(current))
            await duties.LetGoAsync(current);
    }
}
