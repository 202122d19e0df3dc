using System.Net;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Routes;

/// <summary>By which hosts this hub is named, whatever the port.</summary>
internal sealed class OwnHosts(SipBridgeOptions options)
{
    /// <summary>The host by which the directory can name this hub wherever it runs: <c>sip:desk-1@hub</c>.</summary>
    public const string Name = "hub";

    public bool Has(SipUri uri) =>
        uri.IsSip && (string.Equals(uri.Host, Name, StringComparison.OrdinalIgnoreCase) || (uri.Address is { } named && Has(named)));

    private bool Has(IPAddress named) => options.Advertised.Names(named) || options.Bind.Any(bound => IsBound(named, bound));

    private static bool IsBound(IPAddress named, IPAddress bound) =>
        named.Equals(bound) || (IPAddress.IsLoopback(named) && (bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any)));
}
