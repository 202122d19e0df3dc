using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Orleans;

namespace Interop.Bridges.Sip.Text;

/// <summary>Takes a phone's MESSAGE (RFC 3428) into the chat of the room that it names.</summary>
internal sealed class TextIntake(CallerProof proof, CallerLegs legs, IGrainFactory grains, SipBridgeMetrics metrics)
{
    /// <summary>A MESSAGE outside of any call: its sender is proved as a caller is.</summary>
    public async ValueTask<SipReply> TakeAsync(SipRequest request, SipSource source)
    {
        var verdict = proof.Prove(request, source);
        if (verdict.Caller is not { } caller)
            return Counted(verdict.Reply!, "unproved");
        if ((verdict.Room ?? RoomAddress.Read(request.Uri)) is not { } room)
            return Counted(RefusalReply.NotFound, "no-room");
        return await PostAsync(room, await legs.FindAsync(room, caller, request), caller.Party, request);
    }

    /// <summary>A MESSAGE inside a leg's call.</summary>
    public ValueTask<SipReply> TakeAsync(SipLeg leg, SipRequest request) => request.Method switch
    {
        SipMethods.Message => new ValueTask<SipReply>(PostFromLegAsync(leg, request)),
        _ => new ValueTask<SipReply>(new SipReply(405)),
    };

    private async Task<SipReply> PostFromLegAsync(SipLeg leg, SipRequest request) =>
        await PostAsync(leg.Room, leg.Id, leg.Party, request);

    private async Task<SipReply> PostAsync(RoomCode room, LegId? leg, Party party, SipRequest request)
    {
        var read = TextReading.Of(request);
        if (read.Text is not { } text)
            return Counted(read.Reply!, "no-text");
        var actor = new Actor(ActorKind.Phone, party.Agency, party.Name, Role.Member);
        // A retransmission that outlives its transaction carries the same Call-ID and CSeq, and is then the same line.
        var attempt = new CommandId($"message:{request.CallId}:{request.CSeq.Number}:{request.From.Tag}");
        var posted = await grains.GetGrain<IRoomGrain>(room.Value).Execute(new PostChat(text, leg), actor, attempt);
        return posted.Ok ? Counted(new SipReply(202), "posted") : Counted(RefusalReply.Of(posted.Refusal), posted.Refusal.Code);
    }

    private SipReply Counted(SipReply reply, string result)
    {
        metrics.Text("in", result);
        return reply;
    }
}
