using Interop.Bridges.Core;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Sip.Referrals;

/// <summary>Takes REFER (RFC 3515) from phones that are in a room: to call a party in, or to move to another room.</summary>
/// <remarks>The room decides and records it, as a phone's act: whom it may call, how many, how often.</remarks>
internal sealed class ReferralIntake(
    CallerProof proof,
    CallerLegs callers,
    OwnAddress own,
    Moving moving,
    ReferralProgress progress,
    IGrainFactory grains,
    SipBridgeMetrics metrics,
    ILogger<ReferralIntake> logger)
{
    /// <summary>A REFER inside a leg's call.</summary>
    public ValueTask TakeAsync(SipLeg leg, IncomingReferral referral) => new(DoAsync(new Asker(leg.Room, leg.Id, leg.Party, leg), referral));

    /// <summary>A REFER outside of any call, to a room: its sender is proved as a caller is, and must have a leg there.</summary>
    public async ValueTask TakeAsync(IncomingReferral referral)
    {
        var verdict = proof.Prove(referral.Request, referral.Source);
        if (verdict.Caller is not { } caller)
            Refuse(referral, verdict.Reply!, "any", "unproved");
        else if ((verdict.Room ?? RoomAddress.Read(referral.Request.Uri)) is { } room && await callers.FindAsync(room, caller, referral.Request) is { } leg)
            await DoAsync(new Asker(room, leg, caller.Party, null), referral);
        else
            Refuse(referral, RefusalReply.NotFound, "any", "no-leg");
    }

    private Task DoAsync(Asker asker, IncomingReferral referral)
    {
        switch (ReferralTarget.Of(referral.ReferTo, referral.Replaces, own.Is))
        {
            case ReferralTarget.Party when referral.HopsLeft == 0:
                Refuse(referral, new SipReply(483), "party", "loop");
                return Task.CompletedTask;
            case ReferralTarget.Party party:
                return AddAsync(asker, party, referral);
            case ReferralTarget.Room room:
                return MoveAsync(asker, room.Code, referral);
            case ReferralTarget.HangUp gone:
                return HangUpAsync(asker, gone.Leg, referral);
            case ReferralTarget.Refused refused:
                Refuse(referral, refused.Reply, "other", "refused");
                return Task.CompletedTask;
            default:
                throw new InvalidOperationException("A REFER asks for a party, a room, or the end of a leg.");
        }
    }

    private async Task AddAsync(Asker asker, ReferralTarget.Party party, IncomingReferral referral)
    {
        var dialled = await ExecuteAsync(asker, new DialOut(party.Address, party.Name, From: asker.Leg), referral);
        if (dialled.Refusal is { Kind: RefusalKind.Loop } loop)
        {
            // The phone may ask, and learns what became of it as of any other call: the party's answer would be the same.
            referral.Accept();
            metrics.Referral("party", loop.Code);
            referral.ReportAsync(482, "Loop Detected").Observe(logger, "report a referral that would make a loop");
            return;
        }

        if (!dialled.Ok)
        {
            Refuse(referral, RefusalReply.Of(dialled.Refusal), "party", dialled.Refusal.Code);
            return;
        }

        referral.Accept();
        metrics.Referral("party", "accepted");
        progress.Follow(asker.Room, new LegId(dialled.Value.Created!), referral);
    }

    private async Task MoveAsync(Asker asker, RoomCode room, IncomingReferral referral)
    {
        // Only the call itself can be moved, by the node that holds it; and a phone is already where it is.
        if (asker.Held is not { } leg || room == asker.Room)
        {
            Refuse(referral, new SipReply(403, room == asker.Room ? "Already In That Room" : "Ask Inside The Call"), "room", "refused");
            return;
        }

        referral.Accept();
        var outcome = await moving.MoveAsync(leg, room, Attempt(referral));
        metrics.Referral("room", outcome.Status.ToString());
        referral.ReportAsync(outcome.Status, outcome.Reason).Observe(logger, "report how a referral went");
    }

    private async Task HangUpAsync(Asker asker, LegId leg, IncomingReferral referral)
    {
        var dropped = await ExecuteAsync(asker, new DropLeg(leg, From: asker.Leg), referral);
        if (!dropped.Ok)
        {
            Refuse(referral, RefusalReply.Of(dropped.Refusal), "hang-up", dropped.Refusal.Code);
            return;
        }

        referral.Accept();
        metrics.Referral("hang-up", "accepted");
        referral.ReportAsync(200, "OK").Observe(logger, "report how a referral went");
    }

    private Task<Outcome<RoomReceipt>> ExecuteAsync(Asker asker, RoomCommand command, IncomingReferral referral) =>
        grains.GetGrain<IRoomGrain>(asker.Room.Value).Execute(
            command, new Actor(ActorKind.Phone, asker.Party.Agency, asker.Party.Name, Role.Member), Attempt(referral));

    private static CommandId Attempt(IncomingReferral referral) =>
        new($"refer:{referral.Request.CallId}:{referral.Request.From.Tag}:{referral.Request.CSeq.Number}");

    private void Refuse(IncomingReferral referral, SipReply reply, string asked, string result)
    {
        referral.Reject(reply);
        metrics.Referral(asked, result);
    }

    /// <summary>Who asks: its leg, and the call of it when this node holds it.</summary>
    private sealed record Asker(RoomCode Room, LegId Leg, Party Party, SipLeg? Held);
}
