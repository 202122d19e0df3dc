using System.Net;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>Where a request comes from, as far as it can be believed.</summary>
/// <param name="Address">The address that stands for the sender; null when a proxy did not say it.</param>
/// <param name="Vouched">Whether a listed proxy handed it on, so that what it asserts counts.</param>
internal readonly record struct Origin(IPAddress? Address, bool Vouched);

/// <summary>Proxies whose word on where a request comes from is taken (design rule 14).</summary>
/// <remarks>
/// Each listed proxy vouches for one hop, the one below its own Via. From any other sender the address is its own, and the
/// Via fields below say whatever the sender likes.
/// </remarks>
internal sealed class TrustedProxies(SipBridgeOptions options)
{
    public Origin Of(SipRequest request, SipSource source)
    {
        var address = Plain(source.Remote.Address);
        if (!IsListed(address))
            return new Origin(address, false);
        foreach (var value in request.Headers.Values(HeaderNames.Via).Skip(1))
        {
            if (!Via.TryParse(value, out var via) || SenderOf(via) is not { } sender)
                return new Origin(null, true);
            address = Plain(sender);
            if (!IsListed(address))
                break;
        }

        return new Origin(address, true);
    }

    /// <summary>What the proxy saw; it leaves that out only when the sender named itself rightly (RFC 3261 section 18.2.1).</summary>
    private static IPAddress? SenderOf(Via via) => via.Parameters["received"] is { } received
        ? IPAddress.TryParse(received.AsSpan().Trim("[]"), out var seen) ? seen : null
        : SipUri.Create(null, via.Host).Address;

    /// <summary>Whether the request was handed on by a listed proxy, behind which a whole agency's phones may stand.</summary>
    public bool HandedOn(SipSource source) => IsListed(Plain(source.Remote.Address));

    private bool IsListed(IPAddress address)
    {
        foreach (var network in options.TrustedProxies)
            if (network.Contains(address))
                return true;
        return false;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
