using System.Net;

namespace Interop.Console.Host.Settings;

/// <summary>Where SIP is spoken. The default is the loopback: to be reached from elsewhere must be typed out.</summary>
internal sealed record SipSettings(IPAddress Bind, int Port)
{
    public static SipSettings Read(SettingsReader reader) =>
        new(reader.Address("Sip:Bind") ?? IPAddress.Loopback, reader.Number("Sip:Port", 5060, 1, 65535));
}
