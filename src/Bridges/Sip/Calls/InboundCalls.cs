using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Takes a call into the room that it dialled.</summary>
/// <remarks>The caller is proved before the room is looked at; the dialog is stored before the 200 goes out (design rule 1).</remarks>
internal sealed partial class InboundCalls(
    CallerProof proof,
    MediaPolicy policy,
    Replacing replacing,
    IGrainFactory grains,
    IDialogStore dialogs,
    ILegReports reports,
    LegRegistrar registrar,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    SipBridgeMetrics metrics,
    ILogger<InboundCalls> logger)
{
    private static readonly TimeSpan RingAfter = TimeSpan.FromMilliseconds(200);

    public async ValueTask AnswerAsync(IncomingCall call)
    {
        // A proxy goes on to the next node at once.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Refuse(call, new SipReply(503), "stopping");
            return;
        }

        var verdict = proof.Prove(call.Request, call.Source);
        if (verdict.Caller is not { } caller)
        {
            Refuse(call, verdict.Reply!, "unproved");
            return;
        }

        if ((verdict.Room ?? RoomAddress.Read(call.Request.Uri)) is not { } room)
        {
            Refuse(call, RefusalReply.NotFound, "no-room");
            return;
        }

        var protection = policy.Of(caller.Party);
        if (Unprotected(call, protection) is { } unprotected)
        {
            Refuse(call, unprotected, "unprotected");
            return;
        }

        var (replaced, unfit) = await replacing.FindAsync(call, room);
        if (unfit is not null)
        {
            Refuse(call, unfit, "replaces-nothing");
            return;
        }

        caller = caller with { Party = caller.Party with { Focus = FocusOf(call.Request.Contact) } };
        await using var ringing = Ring(call);
        var actor = new Actor(ActorKind.Phone, caller.Party.Agency, caller.Party.Name, Role.Member);
        var attempt = new CommandId($"invite:{call.Request.CallId}:{call.Request.From.Tag}:{call.Request.CSeq.Number}");
        // The roster shows the caller from its admission on, so a line that is written while the call is still being
        // answered is meant for it too.
        var asked = time.GetUtcNow();
        var admitted = await grains.GetGrain<IRoomGrain>(room.Value).Execute(new AdmitCaller(caller, replaced, call.Contact.ToString()), actor, attempt);
        if (!admitted.Ok)
        {
            Refuse(call, RefusalReply.Of(admitted.Refusal), admitted.Refusal.Code);
            return;
        }

        await JoinOrRejectAsync(call, caller, room, new LegId(admitted.Value.Created!), asked);
    }

    private static string? FocusOf(NameAddr? contact) => contact?.Parameters.Has("isfocus") == true ? contact.Uri.ToString() : null;

    /// <summary>The refusal of a call that has to be protected and can't be. A phone that leaves the offer to us is told with it.</summary>
    private static SipReply? Unprotected(IncomingCall call, SdpProtection protection)
    {
        if (protection != SdpProtection.Required)
            return null;
        if (call.Source.Transport != SipTransportKind.Tls)
            return RefusalReply.KeysInTheClear;
        return call.Offer is { } offer && !RoomSdp.HasKeys(offer) ? RefusalReply.NotProtected : null;
    }

    /// <summary>Rings when the answer takes longer than a caller is to wait without a word (RFC 3261 section 8.2.6.1).</summary>
    /// <remarks>A room mostly answers before that, and a 180 would only cost the caller a PRACK. Who requires 100rel is a gateway that passes it on.</remarks>
    private ITimer Ring(IncomingCall call)
    {
        var required = call.Request.Lists(HeaderNames.Require, "100rel");
        if (required)
            call.Progress(180);
        return time.CreateTimer(
            static ringing => ((IncomingCall)ringing!).Progress(180), call, required ? Timeout.InfiniteTimeSpan : RingAfter, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From its admission on the leg stands in the roster; whatever fails after that, it must not stay there.</summary>
    private async Task JoinOrRejectAsync(IncomingCall call, Caller caller, RoomCode room, LegId leg, DateTimeOffset asked)
    {
        try
        {
            await JoinAsync(call, caller, room, leg, asked);
        }
        catch (Exception failure)
        {
            LogJoinFailed(logger, failure, leg, room);
            Refuse(call, new SipReply(500), "failed");
            await reports.LeftAsync(room, leg, "the call could not be connected");
        }
    }

    private async Task JoinAsync(IncomingCall call, Caller caller, RoomCode room, LegId leg, DateTimeOffset asked)
    {
        var (answer, place, refusal) = await PlaceAsync(call, room, leg, policy.Of(caller.Party));
        if (answer is null)
        {
            Refuse(call, refusal!, "no-media");
            await reports.LeftAsync(room, leg, "the room could not give it a place: " + refusal!.Status);
            return;
        }

        var dialog = call.PrepareDialog(answer);
        await dialogs.Save(DialogRecord.Of(room, leg, dialog), CancellationToken.None);
        if (call.Cancelled.IsCancellationRequested)
        {
            await dialogs.Forget(room, leg, CancellationToken.None);
            await reports.LeftAsync(room, leg, "hung up before it was answered");
            return;
        }

        registrar.Register(room, leg, call.Accept(answer), caller.Party, place!, answer, asked);
        metrics.Call("in", "joined");
    }

    /// <summary>The answer to the offer at the leg's place; our own offer when the phone made none (late offer).</summary>
    private async Task<Placement> PlaceAsync(IncomingCall call, RoomCode room, LegId leg, SdpProtection protection)
    {
        var farEnd = call.Offer is null ? null : RoomSdp.FarEnd(call.Offer);
        if (call.Offer is not null && farEnd is null)
            return new(null, null, RefusalReply.NotAcceptable);

        // What keys come to only the answer says, and that needs the place first.
        var keyed = call.Offer is not null && protection != SdpProtection.None && RoomSdp.HasKeys(call.Offer);
        var (grain, peer) = (grains.GetGrain<IRoomGrain>(room.Value), call.Source.Remote.Address.ToString());
        var placed = await grain.OpenMedia(leg, keyed ? null : farEnd, peer);
        if (!placed.Ok)
            return new(null, null, RefusalReply.Of(placed.Refusal));

        var ours = RoomSdp.Capabilities(placed.Value, RoomSdp.NewSessionId(), 1, protection: protection);
        var description = call.Offer is null ? AudioOffer.Create(ours) : AudioOffer.Answer(call.Offer, ours);
        if (description is null)
            return new(null, null, protection == SdpProtection.Required ? RefusalReply.NotProtected : RefusalReply.NotAcceptable);
        if (!keyed)
            return new(description, placed.Value, null);
        if (RoomSdp.FarEnd(call.Offer!, description, protection) is not { } agreed)
            return new(null, null, RefusalReply.NotAcceptable);
        placed = await grain.OpenMedia(leg, agreed, peer);
        return placed.Ok ? new(description, placed.Value, null) : new(null, null, RefusalReply.Of(placed.Refusal));
    }

    private void Refuse(IncomingCall call, SipReply reply, string result)
    {
        call.Reject(reply);
        metrics.Call("in", result);
    }

    [LoggerMessage(3005, LogLevel.Error, "Leg {Leg} was let into room {Room} and could not be connected")]
    private static partial void LogJoinFailed(ILogger logger, Exception exception, LegId leg, RoomCode room);

    private sealed record Placement(SessionDescription? Answer, MediaPlace? Place, SipReply? Refusal);
}
