using System.Net;

namespace Interop.Console.Host.Settings;

/// <summary>Where voice is sent and received.</summary>
/// <param name="Ports">Below the system's ephemeral range, so that nothing else is given them.</param>
/// <param name="Bind">The local address; that of SIP when it is not set.</param>
/// <param name="AdvertisedAddress">What far ends are told to send to.</param>
internal sealed record MediaSettings(PortRange Ports, IPAddress Bind, IPAddress AdvertisedAddress)
{
    public static MediaSettings Read(SettingsReader reader, SipSettings sip)
    {
        var ports = reader.Ports("Media:Ports", new PortRange(10_000, 19_999));
        if (ports.Contains(sip.Port))
            reader.Error("Media:Ports", $"{ports} includes {sip.Port}, which is Sip:Port.");
        var bind = reader.Address("Media:Bind") ?? sip.Bind;
        var advertised = reader.Address("Media:AdvertisedAddress");
        if (advertised is not null && IsEvery(advertised))
            reader.Error("Media:AdvertisedAddress", $"{advertised} is no address that a far end can send to.");
        if (advertised is null && IsEvery(bind))
            reader.Error("Media:AdvertisedAddress", $"it must say where far ends reach this node, because it listens on {bind}.");
        return new MediaSettings(ports, bind, advertised ?? bind);
    }

    private static bool IsEvery(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
