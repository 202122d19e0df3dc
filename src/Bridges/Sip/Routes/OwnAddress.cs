using System.Net;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Routes;

/// <summary>Which addresses are the hub's own, so that their user parts are its phones and rooms.</summary>
internal sealed class OwnAddress(SipStackHost host, SipBridgeOptions options)
{
    /// <summary>The host by which the directory can name this hub wherever it runs: <c>sip:desk-1@hub</c>.</summary>
    public const string Name = "hub";

    private const int DefaultPort = 5060;

    public bool Is(SipUri uri)
    {
        if (!uri.IsSip)
            return false;
        if (string.Equals(uri.Host, Name, StringComparison.OrdinalIgnoreCase))
            return true;
        if (uri.Address is not { } named)
            return false;
        var port = uri.Port ?? DefaultPort;
        return host.Stack.EndPoints.Any(listened =>
            listened.Local.Port == port && (options.Advertised.Names(named) || IsBound(named, listened.Local.Address)));
    }

    private static bool IsBound(IPAddress named, IPAddress bound) =>
        named.Equals(bound) || (IPAddress.IsLoopback(named) && (bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any)));
}
