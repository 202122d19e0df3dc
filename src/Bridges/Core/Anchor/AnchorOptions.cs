using System.Net;

namespace Interop.Bridges.Core.Anchor;

/// <summary>How the voice of this node is reached.</summary>
/// <param name="Bind">The addresses that legs are bound to, at most one of each family; the first one's is for far ends of unknown family.</param>
/// <param name="Advertised">What far ends are told to send their voice to, where it is not the bound address.</param>
public sealed record AnchorOptions(IReadOnlyList<IPAddress> Bind, AddressMap Advertised)
{
    /// <summary>The address for a far end that signals from <paramref name="peer"/>, an IP address or null.</summary>
    public IPAddress AddressFor(string? peer)
    {
        var known = IPAddress.TryParse(peer, out var address) ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : null;
        var bound = Bind.FirstOrDefault(bind => bind.AddressFamily == known?.AddressFamily) ?? Bind[0];
        var advertised = known?.AddressFamily == bound.AddressFamily ? Advertised.For(known) : Advertised.ForAnybody(bound.AddressFamily);
        return advertised ?? bound;
    }
}
