using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Sip;

namespace Interop.Console.Host.Settings;

/// <summary>Where SIP is spoken and voice is sent. The default is the loopback: to be reached from elsewhere must be typed out.</summary>
internal sealed record VoiceSettings(SipBridgeOptions Sip, MediaOptions Media, AnchorOptions Anchor)
{
    public static VoiceSettings Read(SettingsReader reader)
    {
        var sipBind = reader.Address("Sip:Bind") ?? IPAddress.Loopback;
        var sipPort = reader.Number("Sip:Port", 5060, 1, 65535);
        var ports = reader.Ports("Media:Ports", new MediaOptions().Ports);
        if (sipPort >= ports.First && sipPort <= ports.Last)
            reader.Error("Media:Ports", $"{ports} includes {sipPort}, which is Sip:Port.");
        var mediaBind = reader.Address("Media:Bind") ?? sipBind;
        if (mediaBind.AddressFamily != AddressFamily.InterNetwork)
            reader.Error("Media:Bind", $"{mediaBind} must be an IPv4 address; it is Sip:Bind unless it is set.");
        var advertised = reader.Address("Media:AdvertisedAddress");
        if (advertised is not null && (IsEvery(advertised) || advertised.AddressFamily != AddressFamily.InterNetwork))
            reader.Error("Media:AdvertisedAddress", $"{advertised} is no IPv4 address that a far end can send to.");
        if (advertised is null && (IsEvery(mediaBind) || IsEvery(sipBind)))
            reader.Error("Media:AdvertisedAddress", "it must say where far ends reach this node, because the node listens on every address.");
        return new VoiceSettings(
            new SipBridgeOptions(sipBind, sipPort, advertised?.ToString()),
            new MediaOptions { Ports = ports, Bind = mediaBind },
            new AnchorOptions((advertised ?? mediaBind).ToString()));
    }

    private static bool IsEvery(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
