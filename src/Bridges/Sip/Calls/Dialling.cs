using Interop.Bridges.Core;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Calls a party into its room.</summary>
internal sealed class Dialling(
    SipStackHost host,
    IGrainFactory grains,
    IDialogStore dialogs,
    LegRegistrar registrar,
    DialPlans plans,
    MediaPolicy policy,
    Ringing ringing,
    FocusCheck focus,
    SipBridgeMetrics metrics,
    ILogger<Dialling> logger)
{
    public async Task<LegAttempt> TryAsync(RoomPlan plan, PlannedLeg leg, CancellationToken cancel)
    {
        // A bridge is held for ever: what keeps it from answering now is waited out, from the first try on.
        var before = leg.Party.IsBridge ? LegStatus.Lost : leg.Status;
        var way = await plans.FindAsync(leg.Party.Address, leg.Party.Agency);
        if (way.Impossible is { } impossible)
            return LegAttempt.Left(impossible);
        if (way.Absent is { } absent)
            return DialResult.Of(480, absent, before, rangOut: false, leg.Ask);
        var protection = policy.Of(leg.Party);
        if (protection == SdpProtection.Required)
            way = way.OverTlsAlone();
        if (way.Impossible is { } unsafely)
            return LegAttempt.Left(unsafely);
        var placed = await grains.GetGrain<IRoomGrain>(plan.Room.Value).OpenMedia(leg.Id, null, await PeerOfAsync(way.First, cancel));
        if (!placed.Ok)
            return LegAttempt.Lost(placed.Refusal.Text);

        // Whoever is still to be asked, and its voicemail, learns from the display which agency calls and not of the incident.
        var identity = host.RoomIdentity(plan.Room, leg.Ask?.ByName ?? plan.Title);
        // Only the first call takes another's place (RFC 3891): one that is made again later would find nothing to replace.
        var replaces = leg.Status == LegStatus.Connecting && SipUri.TryParse(leg.Party.Address, out var address) ? Replaces.Of(address) : null;
        var rung = await RingAsync(protection);
        // Phones that insist on SRTP refuse an offer that leaves it to them.
        if (protection == SdpProtection.Optional && rung.Outcome is CallOutcome.Failed { Status: 488 or 606 } && !cancel.IsCancellationRequested)
            rung = await RingAsync(SdpProtection.Required);
        switch (rung.Outcome)
        {
            case CallOutcome.Answered answered:
                return await ConnectAsync(plan, leg, answered, placed.Value, protection, cancel);
            case CallOutcome.Failed failed:
                metrics.Call("out", failed.Status.ToString());
                return DialResult.Of(failed, before, rung.RangOut, leg.Ask);
            default:
                throw new InvalidOperationException("A call ends answered or failed.");
        }

        Task<RingResult> RingAsync(SdpProtection offered) => ringing.RingAsync(
            way,
            route =>
            {
                // Each place that rings has keys of its own: those who do not answer must not be able to listen.
                var offer = AudioOffer.Create(RoomSdp.Capabilities(placed.Value, RoomSdp.NewSessionId(), 1, leg.Party.IsBridge, offered));
                return Invite(route, identity, offer) with
                {
                    Replaces = replaces,
                    AnswerOffer = RoomSdp.WhileRinging(placed.Value, offer, leg.Party.IsBridge, offered),
                };
            },
            () => grains.GetGrain<IRoomGrain>(plan.Room.Value).Ring(leg.Id).Observe(logger, "tell the room that a party rings"),
            cancel);
    }

    /// <summary>The address of who is rung first, which tells on which network it is; null when it cannot be found.</summary>
    private async Task<string?> PeerOfAsync(DialRoute? first, CancellationToken cancel)
    {
        if (first is null)
            return null;
        if (first.Destination is { } known)
            return known.EndPoint.Address.ToString();
        return await host.Stack.ResolveAsync(first.Target, cancel) is [var best, ..] ? best.EndPoint.Address.ToString() : null;
    }

    private static OutgoingInvite Invite(DialRoute route, NameAddr identity, SessionDescription offer) => new()
    {
        Target = route.Target with { Headers = null },
        Destination = route.Destination,
        Headers = route.Headers,
        Credentials = route.Credentials,
        From = route.From is { } address ? identity with { Uri = address } : identity,
        Offer = offer,
    };

    private async Task<LegAttempt> ConnectAsync(
        RoomPlan plan, PlannedLeg leg, CallOutcome.Answered answered, MediaPlace place, SdpProtection protection, CancellationToken cancel)
    {
        // What was last said of the session counts on from there: a phone may have had it changed while it rang.
        var ours = RoomSdp.Read(answered.Call.State.LocalSdp);
        if (cancel.IsCancellationRequested || ours is null || RoomSdp.FarEnd(answered.Remote, ours, protection) is not { } farEnd)
        {
            await answered.Call.ByeAsync();
            return LegAttempt.Left(RoomSdp.FarEnd(answered.Remote) is null ? "its answer has no voice that the room speaks" : "its voice would have been in the clear");
        }

        if (await focus.MeetAsync(plan.Room, leg.Id, answered.Call) is { } loop)
            return leg.Party.IsBridge || leg.Status == LegStatus.Lost ? LegAttempt.Lost(loop) : LegAttempt.Left(loop);

        await dialogs.Save(DialogRecord.Of(plan.Room, leg.Id, answered.Call.State), CancellationToken.None);
        var connected = await grains.GetGrain<IRoomGrain>(plan.Room.Value).OpenMedia(leg.Id, farEnd, SipLegDuties.PeerOf(answered.Call.State));
        if (!connected.Ok)
        {
            await answered.Call.ByeAsync();
            return LegAttempt.Lost(connected.Refusal.Text);
        }

        registrar.Register(plan.Room, leg.Id, answered.Call, leg.Party, place, ours, asked: leg.Ask is not null);
        metrics.Call("out", "joined");
        return LegAttempt.Up;
    }
}
