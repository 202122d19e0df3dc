using System.Net;
using Interop.Bridges.Core;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Core.Watch;
using Interop.Bridges.Sip.Referrals;
using Interop.Bridges.Sip.Text;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>What follows for the room from what happens in a call.</summary>
internal sealed partial class SipLegDuties(
    IGrainFactory grains,
    IDialogStore dialogs,
    ILegReports reports,
    FocusCheck focus,
    SipLegs legs,
    RoomWatches watches,
    RoomFollower follower,
    AwaitedLegs awaited,
    TextIntake texts,
    Lazy<ReferralIntake> referrals,
    SipBridgeMetrics metrics,
    ILogger<SipLegDuties> logger)
{
    /// <summary>Keeps the dialog for whoever has to go on with it, unless another call stands for the leg by now.</summary>
    /// <remarks>A phone may become a focus in its call (RFC 4579 section 5.5), as one that joins two calls does.</remarks>
    public async Task StoreAsync(SipLeg leg, DialogState state)
    {
        if (!legs.Stands(leg))
            return;
        if (state.RemoteIsFocus && !leg.IsFocus && await focus.MeetAsync(leg.Room, leg.Id, leg.Call) is { } loop)
            await reports.LeftAsync(leg.Room, leg.Id, loop);
        else
            await dialogs.Save(DialogRecord.Of(leg.Room, leg.Id, state), CancellationToken.None);
        leg.IsFocus = state.RemoteIsFocus;
    }

    /// <summary>The phone moved its voice, put us on hold, or took us back.</summary>
    public Task MoveMediaAsync(SipLeg leg, MediaFarEnd farEnd) =>
        grains.GetGrain<IRoomGrain>(leg.Room.Value).OpenMedia(leg.Id, farEnd, PeerOf(leg.Call.State));

    /// <summary>The address that the phone signals from, which tells on which network it is.</summary>
    public static string? PeerOf(DialogState state) => IPEndPoint.TryParse(state.PeerEndPoint, out var peer) ? peer.Address.ToString() : null;

    /// <summary>A request inside the call.</summary>
    public ValueTask<SipReply> AnswerAsync(SipLeg leg, SipRequest request) =>
        request.Method == SipMethods.Info ? PressAsync(leg, request) : texts.TakeAsync(leg, request);

    /// <summary>An INFO tells a key or nothing: an empty one only asks whether we are there, as RFC 2976 had it.</summary>
    private async ValueTask<SipReply> PressAsync(SipLeg leg, SipRequest info)
    {
        if (info.Headers["Info-Package"] is not null)
            return new SipReply(469) { Headers = [new SipHeader("Recv-Info", "")] };
        if (info.Body.IsEmpty)
            return SipReply.Ok;
        if (!KeyReading.Tells(info))
            return new SipReply(415) { Headers = [new SipHeader(HeaderNames.Accept, KeyReading.Accepted)] };
        if (KeyReading.Of(info) is { } key)
            await grains.GetGrain<IRoomGrain>(leg.Room.Value).PressKey(leg.Id, key);
        return SipReply.Ok;
    }

    /// <summary>The phone asks for a party, or for another room.</summary>
    public ValueTask ReferAsync(SipLeg leg, IncomingReferral referral) => referrals.Value.TakeAsync(leg, referral);

    /// <summary>The call is over: a BYE from the phone means left, anything else that it was lost (design rule 4).</summary>
    public async Task EndAsync(SipLeg leg, CallEnd end)
    {
        if (!legs.Remove(leg))
            return;
        if (end.Kind == CallEndKind.Lost)
        {
            await ReportLostAsync(leg, end.Status == 481 ? "the phone no longer knew the call" : "the phone stopped answering");
            return;
        }

        // The room hears of it before the dialog is forgotten: a stop in between would have the party rung again.
        if (end.Kind == CallEndKind.RemoteBye)
            await reports.LeftAsync(leg.Room, leg.Id, "hung up");
        await LetGoAsync(leg);
        if (leg.Chat is { } chat)
            await chat.EndAsync("the phone left before it was sent");
    }

    /// <summary>The phone is gone without a word: the leg is to be called back, and the old call is given up.</summary>
    public async Task LoseAsync(SipLeg leg, string cause)
    {
        if (!legs.Remove(leg))
            return;
        leg.Call.ByeAsync().Observe(logger, "give up a call");
        await ReportLostAsync(leg, cause);
    }

    /// <summary>What the phone answered can't be taken, and nobody is to try again.</summary>
    public async Task RefuseAsync(SipLeg leg, string cause)
    {
        if (!legs.Remove(leg))
            return;
        leg.Call.ByeAsync().Observe(logger, "hang up a call that could not be taken");
        await reports.LeftAsync(leg.Room, leg.Id, cause);
        await LetGoAsync(leg);
    }

    /// <summary>The dialog goes first: the report has the leg called back, and the old one must not be resumed after that.</summary>
    private async Task ReportLostAsync(SipLeg leg, string cause)
    {
        // A caller whose ACK never came was never in the room, and is not rung for it: it would keep its place for ever.
        if (leg.Call.NeverAcknowledged)
        {
            await reports.LeftAsync(leg.Room, leg.Id, "it never acknowledged that it was answered");
            await LetGoAsync(leg);
            return;
        }

        try
        {
            await LetGoAsync(leg);
        }
        finally
        {
            await reports.LostAsync(leg.Room, leg.Id, cause);
            awaited.Await(leg.Room, leg.Id);
        }
    }

    /// <summary>Forgets what was kept for a call that no longer stands for its leg.</summary>
    public async Task LetGoAsync(SipLeg leg)
    {
        if (leg.Chat is { } chat)
            await chat.StopAsync();
        await dialogs.Forget(leg.Room, leg.Id, CancellationToken.None);
        await watches.ReleaseAsync(leg.Room, follower);
    }

    public void CountDropped() => metrics.DutyDropped();

    /// <summary>One duty that fails must not keep the next from being done.</summary>
    public void ReportFailed(SipLeg leg, Exception failure) => LogDutyFailed(logger, failure, leg.Id, leg.Room);

    [LoggerMessage(3001, LogLevel.Error, "Something that leg {Leg} of room {Room} asked for could not be done")]
    private static partial void LogDutyFailed(ILogger logger, Exception exception, LegId leg, RoomCode room);
}
