using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Orleans;

namespace Interop.Bridges.Sip.Referrals;

/// <summary>How a referral went, as its phone is told.</summary>
internal readonly record struct MoveOutcome(int Status, string Reason);

/// <summary>Moves a call from its room to another: the same call, whose voice goes to the other room's place.</summary>
/// <remarks>Until its phone has taken the new place it stays where it is; nobody is ever in neither.</remarks>
internal sealed class Moving(
    SipLegs legs,
    SipLegDuties duties,
    LegRegistrar registrar,
    IDialogStore dialogs,
    ILegReports reports,
    IGrainFactory grains,
    SipBridgeOptions options,
    TimeProvider time)
{
    public async Task<MoveOutcome> MoveAsync(SipLeg leg, RoomCode to, CommandId attempt)
    {
        if (CallerOf(leg.Party) is not { } caller)
            return new(403, "Only A Phone That Called In Can Move");
        var room = grains.GetGrain<IRoomGrain>(to.Value);
        var actor = new Actor(ActorKind.Phone, leg.Party.Agency, leg.Party.Name, Role.Member);
        var admitted = await room.Execute(new AdmitCaller(caller), actor, attempt);
        if (!admitted.Ok)
            return new(RefusalReply.Of(admitted.Refusal).Status, "The Other Room Does Not Take It");
        var id = new LegId(admitted.Value.Created!);
        if (await TakePlaceAsync(leg, room, id) is var (place, offer))
        {
            await HandOverAsync(leg, to, id, place, offer);
            return new(200, "OK");
        }

        await reports.LeftAsync(to, id, "its phone did not move");
        return new(480, "The Call Could Not Be Moved");
    }

    /// <summary>Offers the phone the new room's place; null when it stays at the old one.</summary>
    private async Task<(MediaPlace Place, SessionDescription Offer)?> TakePlaceAsync(SipLeg leg, IRoomGrain room, LegId id)
    {
        var peer = SipLegDuties.PeerOf(leg.Call.State);
        var placed = await room.OpenMedia(id, null, peer);
        if (!placed.Ok)
            return null;
        var offer = RoomSdp.Moved(placed.Value, leg.Call.State.LocalSdp, protection: leg.Protection);
        try
        {
            var outcome = await leg.Call.ReinviteAsync(offer, CancellationToken.None).WaitAsync(options.RejoinTime, time);
            if (outcome is not ReinviteOutcome.Answered { Remote: var remote } || RoomSdp.FarEnd(remote, offer, leg.Protection) is not { } farEnd)
                return null;
            return (await room.OpenMedia(id, RoomSdp.WithoutMusic(farEnd), peer)).Ok ? (placed.Value, offer) : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task HandOverAsync(SipLeg leg, RoomCode to, LegId id, MediaPlace place, SessionDescription offer)
    {
        // Stored first, and taken out of the old room's legs before that room hears of it: it would hang up a leg that is gone.
        await dialogs.Save(DialogRecord.Of(to, id, leg.Call.State), CancellationToken.None);
        legs.Remove(leg);
        registrar.Register(to, id, leg.Call, leg.Party, place, offer);
        leg.Retire();
        await duties.LetGoAsync(leg);
        await reports.LeftAsync(leg.Room, leg.Id, $"moved to {to}");
        if (leg.Chat is { } chat)
            await chat.EndAsync("the phone moved to another room before it was sent");
    }

    /// <summary>What the call proved when it came in. A party that was dialled proved nothing: it was only reached.</summary>
    private static Caller? CallerOf(Party party)
    {
        var colon = party.Proof.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && party.Proof[..colon] is "trunk" or "endpoint"
            ? new Caller(party, [$"{party.Proof[..colon]}:{party.Agency}/{party.Proof[(colon + 1)..]}", $"agency:{party.Agency}"])
            : null;
    }
}
