using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Which address of ours a far end reaches: agencies sit on different networks, and each has its own way to us.</summary>
public sealed class AddressMap
{
    private readonly List<(IPNetwork Network, IPAddress Address)> _entries;

    private AddressMap(List<(IPNetwork Network, IPAddress Address)> entries) => _entries = entries;

    /// <summary>Maps nobody: everyone reaches the bound address.</summary>
    public static AddressMap Empty { get; } = new([]);

    /// <summary>
    /// Reads <c>10.0.0.0/8=10.1.2.3, 0.0.0.0/0=203.0.113.7</c>; an address alone is for everybody of its family. Null with
    /// the reason when an entry cannot be meant.
    /// </summary>
    public static AddressMap? TryParse(string text, out string? error)
    {
        error = null;
        var entries = new List<(IPNetwork Network, IPAddress Address)>();
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            if (!IPAddress.TryParse(item[(equals + 1)..].Trim(), out var address) || IsNoOne(address))
                error = $"\"{item}\" names no address that a far end can send to.";
            else if (!TryNetwork(equals < 0 ? null : item[..equals].Trim(), address, out var network))
                error = $"\"{item}\" must begin with a network of the address's family, such as 10.0.0.0/8.";
            else if (entries.Exists(known => known.Network.Equals(network)))
                error = $"\"{item}\" gives {network} a second address.";
            else
                entries.Add((network, address));
            if (error is not null)
                return null;
        }

        entries.Sort(static (a, b) => b.Network.PrefixLength.CompareTo(a.Network.PrefixLength));
        return new AddressMap(entries);
    }

    /// <summary>The address that the narrowest network around the far end is given; null when none holds it.</summary>
    public IPAddress? For(IPAddress farEnd)
    {
        var plain = farEnd.IsIPv4MappedToIPv6 ? farEnd.MapToIPv4() : farEnd;
        foreach (var (network, address) in _entries)
            if (network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain))
                return address;
        return null;
    }

    /// <summary>Whether some far end is given that address.</summary>
    public bool Names(IPAddress address) => _entries.Exists(entry => entry.Address.Equals(address));

    /// <summary>The address for a far end of which only the family is known: the one that is for everybody.</summary>
    public IPAddress? ForAnybody(AddressFamily family) => For(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any);

    private static bool TryNetwork(string? text, IPAddress address, out IPNetwork network)
    {
        network = new IPNetwork(address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        return text is null || (IPNetwork.TryParse(text, out network) && network.BaseAddress.AddressFamily == address.AddressFamily);
    }

    private static bool IsNoOne(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.IsIPv6Multicast || address.IsIPv4MappedToIPv6
        || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224);
}
