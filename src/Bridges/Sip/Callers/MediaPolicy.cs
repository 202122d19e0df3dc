using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Callers;

/// <summary>Whether a party's voice is protected: what its phone or trunk says, else its agency, else where both sides can.</summary>
internal sealed class MediaPolicy(CallerDirectory directory, OwnAddress own)
{
    public SdpProtection Of(Party party) => Asked(party) switch
    {
        MediaSecurity.None => SdpProtection.None,
        MediaSecurity.Allowed => SdpProtection.Optional,
        MediaSecurity.Required => SdpProtection.Required,
    };

    private MediaSecurity Asked(Party party)
    {
        var colon = party.Proof.IndexOf(':', StringComparison.Ordinal);
        var (kind, id) = colon < 0 ? (party.Proof, "") : (party.Proof[..colon], party.Proof[(colon + 1)..]);
        return kind switch
        {
            "endpoint" => Of(party.Agency, directory.Owned(party.Agency)?.Find<EndpointEntry>(id)?.MediaSecurity),
            "trunk" => Of(party.Agency, directory.Owned(party.Agency)?.Find<TrunkEntry>(id)),
            "bridge" => Of(party.Agency, directory.Owned(party.Agency)?.Find<TrunkEntry>(id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..])),
            _ => Dialled(party),
        };
    }

    /// <summary>A party that was dialled proved nothing: its address says through what it is reached.</summary>
    private MediaSecurity Dialled(Party party)
    {
        if (TelephoneNumber.Read(party.Address) is not null)
            return Of(party.Agency, directory.Carrier(party.Agency));
        if (!SipUri.TryParse(party.Address, out var target) || !target.IsSip)
            return Of(party.Agency, (MediaSecurity?)null);
        var isOwn = own.Is(target);
        if (isOwn && directory.Endpoint(target.UserName) is var (owner, endpoint))
            return Of(owner, endpoint.MediaSecurity);
        foreach (var (agency, trunk) in directory.Trunks)
            if (isOwn ? trunk.Id == target.UserName : IsAt(trunk.Peer, target) || IsAt(trunk.Registration?.Server, target))
                return Of(agency, trunk);
        return Of(party.Agency, (MediaSecurity?)null);
    }

    /// <summary>BSI-Core knows no SRTP, and a bridge is held for ever: it gets what it was told of alone.</summary>
    private MediaSecurity Of(AgencyId agency, TrunkEntry? trunk) =>
        trunk is { Profile: TrunkProfile.Bridge } ? trunk.MediaSecurity ?? MediaSecurity.None : Of(agency, trunk?.MediaSecurity);

    private MediaSecurity Of(AgencyId agency, MediaSecurity? own) =>
        own ?? directory.Owned(agency)?.All<AgencyEntry>().FirstOrDefault()?.MediaSecurity ?? MediaSecurity.Allowed;

    private static bool IsAt(string? address, SipUri target) =>
        SipUri.TryParse(address, out var at) && at.Port == target.Port && string.Equals(at.Host, target.Host, StringComparison.OrdinalIgnoreCase);
}
