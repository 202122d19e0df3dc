using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>The address of a c= or o= line: a literal or a name, of either family.</summary>
public readonly record struct SdpConnection(bool IsIPv6, string Address)
{
    /// <summary>The connection of a literal address.</summary>
    public static SdpConnection Of(IPAddress address) =>
        new(address.AddressFamily == AddressFamily.InterNetworkV6, address.ToString());

    /// <summary>The address, when it is a literal.</summary>
    public IPAddress? Literal => IPAddress.TryParse(Address, out var address) ? address : null;

    /// <summary>Whether it says "nowhere": 0.0.0.0 held a stream before RFC 3264, and some phones still write it.</summary>
    public bool IsUnspecified => Literal is { } address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <inheritdoc/>
    public override string ToString() => $"IN {(IsIPv6 ? "IP6" : "IP4")} {Address}";

    internal static bool TryParse(ReadOnlySpan<char> text, out SdpConnection connection)
    {
        connection = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, ' ', StringSplitOptions.RemoveEmptyEntries) != 3) return false;
        if (!text[parts[0]].Equals("IN", StringComparison.OrdinalIgnoreCase)) return false;
        var family = text[parts[1]];
        var isIPv6 = family.Equals("IP6", StringComparison.OrdinalIgnoreCase);
        if (!isIPv6 && !family.Equals("IP4", StringComparison.OrdinalIgnoreCase)) return false;
        var address = text[parts[2]];
        // A multicast address carries its TTL and a count after slashes.
        var slash = address.IndexOf('/');
        if (slash == 0) return false;
        connection = new SdpConnection(isIPv6, (slash < 0 ? address : address[..slash]).ToString());
        return true;
    }
}
