using System.Net;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Sip.Callers;

/// <summary>Where a caller is called back when its call was lost.</summary>
/// <remarks>
/// A Contact says whatever its sender likes. Called back unchecked it would have the hub call anybody, with the agency's
/// trunk and at its cost, for the price of one call that is let fall: it counts only when it names the place that the call
/// came from. From everywhere else (NAT, a proxy that is not listed) the caller is called back at that place.
/// </remarks>
internal static class CallBackAddress
{
    public static SipUri Of(SipRequest request, SipSource source, Origin origin)
    {
        var said = request.Contact?.Uri ?? request.From.Uri;
        var named = said.Address;
        if (named is not null && (IsSame(named, source.Remote.Address) || (origin is { Vouched: true, Address: { } vouched } && IsSame(named, vouched))))
            return said;
        var user = said.IsSip ? said.User : request.From.Uri.User;
        var place = SipUri.Create(null, Plain(source.Remote.Address).ToString(), source.Remote.Port) with { User = user };
        return source.Transport switch
        {
            SipTransportKind.Udp => place,
            SipTransportKind.Tcp => place with { Parameters = SipParameters.Empty.With("transport", "tcp") },
            SipTransportKind.Tls => place with { Parameters = SipParameters.Empty.With("transport", "tls") },
        };
    }

    private static bool IsSame(IPAddress one, IPAddress other) => Plain(one).Equals(Plain(other));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
