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
            parameters = parameters.With("received", source.Remote.Address.ToString());
        }

        if (!parameters.Equals(via.Parameters)) request.ReplaceTopVia(via with { Parameters = parameters });
    }

    /// <summary>
    /// Always to the address that the request came from: maddr is not followed, as it would let a stranger aim our
    /// responses at somebody else.
    /// </summary>
    public static SipDestination Of(Via via, SipSource source, ISipSender transport)
    {
        var keepsPort = source.Transport == SipTransportKind.Tcp ? transport.IsConnected(source.Remote) : via.Parameters.Has("rport");
        return new(source.Transport, keepsPort ? source.Remote : new IPEndPoint(source.Remote.Address, via.Port ?? 5060));
    }
}
