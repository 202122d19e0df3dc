using System.Net;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>The way of a response (RFC 3261 section 18.2.2, RFC 3581 section 4).</summary>
internal static class ResponseRoute
{
    /// <summary>Notes in the topmost Via where the request really came from.</summary>
    public static void Stamp(SipRequest request, SipSource source)
    {
        var via = request.Via;
        var parameters = via.Parameters;
        var asksPort = parameters["rport"] is "";
        if (asksPort) parameters = parameters.With("rport", source.Remote.Port.ToString());
        if (asksPort || !IPAddress.TryParse(via.Host.AsSpan().Trim("[]"), out var named) || !named.Equals(source.Remote.Address))
        {
            parameters = parameters.With("received", Written(source.Remote.Address));
        }

        if (!parameters.Equals(via.Parameters)) request.ReplaceTopVia(via with { Parameters = parameters });
    }

    /// <summary>
    /// Always to the address that the request came from: maddr is not followed, as it would let a stranger aim our
    /// responses at somebody else. Over a stream that is no more a new one is opened to the sender's own port, and over TLS
    /// only to who proves to be the sender.
    /// </summary>
    public static SipDestination Of(Via via, SipSource source, ISipSender transport)
    {
        var back = new SipDestination(source.Transport, source.Remote) { Local = source.Local };
        var keepsPort = source.Transport.IsReliable() ? transport.IsConnected(back) : via.Parameters.Has("rport");
        if (keepsPort) return back;
        var port = via.Port ?? source.Transport.DefaultPort();
        return back with { EndPoint = new IPEndPoint(source.Remote.Address, port), ServerName = source.Transport == SipTransportKind.Tls ? via.Host : null };
    }

    /// <summary>The grammar has no room for the interface of a link-local address.</summary>
    private static string Written(IPAddress address)
    {
        var text = address.ToString();
        var scope = text.IndexOf('%', StringComparison.Ordinal);
        return scope < 0 ? text : text[..scope];
    }
}
