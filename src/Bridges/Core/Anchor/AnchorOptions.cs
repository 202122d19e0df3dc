using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Core.Anchor;

/// <summary>How the voice of this node is reached.</summary>
/// <param name="Bind">The addresses that legs are bound to, at most one of each family; the first one's is for far ends of unknown family.</param>
/// <param name="Advertised">What far ends are told to send their voice to, where it is not the bound address.</param>
public sealed record AnchorOptions(IReadOnlyList<IPAddress> Bind, AddressMap Advertised)
{
    /// <summary>The way to one far end.</summary>
    /// <param name="peer">The address that it signals from, if known: its network.</param>
    /// <param name="voice">The address of its SDP, if known: its family, but perhaps one of behind a NAT.</param>
    public FarEndReach Reach(string? peer, string? voice)
    {
        var (network, said) = (Read(peer), Read(voice));
        var family = Bound(said) ?? Bound(network) ?? Bind[0].AddressFamily;
        return new FarEndReach(family, network?.AddressFamily == family ? network : said?.AddressFamily == family ? said : null, network, Advertised);
    }

    private static IPAddress? Read(string? text) =>
        IPAddress.TryParse(text, out var address) ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : null;

    private AddressFamily? Bound(IPAddress? address) =>
        address is not null && Bind.Any(bind => bind.AddressFamily == address.AddressFamily) ? address.AddressFamily : null;
}

/// <summary>Which address of ours a far end is told.</summary>
/// <param name="Family">The family that it speaks.</param>
/// <param name="FarEnd">An address of it, of that family; null when none is known.</param>
/// <param name="Signals">The address that it signals from; null when unknown.</param>
/// <param name="Advertised">What each network is told.</param>
public sealed record FarEndReach(AddressFamily Family, IPAddress? FarEnd, IPAddress? Signals, AddressMap Advertised)
{
    /// <summary>Every way to a port that is bound to that address: as it is, and as the far end's network has it.</summary>
    public IEnumerable<IPEndPoint> Every(IPEndPoint bound) => [new(To(bound.Address), bound.Port), bound];

    /// <summary>What it is told for a leg bound to that address.</summary>
    public IPAddress To(IPAddress bound) =>
        (FarEnd is not null && bound.AddressFamily == Family ? Advertised.For(FarEnd) : Advertised.ForAnybody(bound.AddressFamily)) ?? bound;
}
