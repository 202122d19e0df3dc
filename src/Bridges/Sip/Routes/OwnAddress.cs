using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Routes;

/// <summary>Which addresses are the hub's own, so that their user parts are its phones and rooms.</summary>
internal sealed class OwnAddress(SipStackHost host, OwnHosts hosts)
{
    private const int DefaultPort = 5060;

    public bool Is(SipUri uri)
    {
        if (!hosts.Has(uri))
            return false;
        if (uri.Address is null)
            return true;
        var port = uri.Port ?? DefaultPort;
        return host.Stack.EndPoints.Any(listened => listened.Local.Port == port);
    }
}
