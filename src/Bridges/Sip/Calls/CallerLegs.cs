using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Finds the leg of somebody who asks for something outside of a call, wherever that leg is carried.</summary>
internal sealed class CallerLegs(SipLegs legs, IGrainFactory grains)
{
    /// <summary>The proved sender's leg in the room; null when it has none there.</summary>
    public async Task<LegId?> FindAsync(RoomCode room, Caller caller, SipRequest request)
    {
        foreach (var leg in legs.In(room))
            if (leg.Party.Agency == caller.Party.Agency && Sent(leg, request))
                return leg.Id;
        var looked = await grains.GetGrain<IRoomGrain>(room.Value).Look(Actor.Hub);
        return looked.Ok ? looked.Value.Legs.FirstOrDefault(view => view.Status == LegStatus.Up && Is(view, caller.Party))?.Id : null;
    }

    /// <summary>The room as a party may see it: its agency's by right, or because it is in the room itself; null for all others.</summary>
    public async Task<RoomSnapshot?> LookAsync(RoomCode room, Caller caller)
    {
        var grain = grains.GetGrain<IRoomGrain>(room.Value);
        var party = caller.Party;
        var looked = await grain.Look(new Actor(ActorKind.Phone, party.Agency, party.Name, Role.Member));
        if (looked.Ok)
            return looked.Value;
        var seen = await grain.Look(Actor.Hub);
        return seen.Ok && seen.Value.Legs.Any(leg => leg.Status == LegStatus.Up && Is(leg, party)) ? seen.Value : null;
    }

    /// <summary>Whether the leg is that party's: a phone of ours is known by its credentials, all others by their address.</summary>
    public static bool Is(LegView leg, Party party) =>
        leg.Kind == LegKind.Sip
        && leg.Party.Agency == party.Agency
        && (leg.Party.Proof == party.Proof && party.Proof.StartsWith("endpoint:", StringComparison.Ordinal) || leg.Party.Address == party.Address);

    /// <summary>Whether the leg's phone sent it; SIP compares user parts by case and hosts without (RFC 3261 section 19.1.4).</summary>
    private static bool Sent(SipLeg leg, SipRequest request) =>
        NameAddr.TryParse(leg.Call.State.RemoteAddress, out var phone)
        && string.Equals(phone.Uri.UserName, request.From.Uri.UserName, StringComparison.Ordinal)
        && string.Equals(phone.Uri.Host, request.From.Uri.Host, StringComparison.OrdinalIgnoreCase);
}
