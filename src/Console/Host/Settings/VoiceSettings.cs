using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Quality;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Sip;

namespace Interop.Console.Host.Settings;

/// <summary>Where SIP is spoken and voice is sent. The default is the loopback: to be reached from elsewhere must be typed out.</summary>
internal sealed record VoiceSettings(SipBridgeOptions Sip, MediaOptions Media, AnchorOptions Anchor, QualityOptions Quality)
{
    private const string Advertised = "Media:AdvertisedAddress";

    public static VoiceSettings Read(SettingsReader reader, DataOptions data)
    {
        var sipBind = reader.Addresses("Sip:Bind") ?? [IPAddress.Loopback];
        var sipPort = reader.Number("Sip:Port", 5060, 1, 65535);
        var tls = SipTlsSettings.Read(reader, data, sipPort);
        var ports = reader.Ports("Media:Ports", new MediaOptions().Ports);
        RefuseShared(reader, ports, sipPort, "Sip:Port");
        if (tls is not null)
            RefuseShared(reader, ports, tls.Port, "Sip:TlsPort");
        var mediaBind = reader.Addresses("Media:Bind") ?? [.. sipBind.DistinctBy(address => address.AddressFamily)];
        if (mediaBind.DistinctBy(address => address.AddressFamily).Count() != mediaBind.Count)
            reader.Error("Media:Bind", "it must be one address, or one of IPv4 and one of IPv6.");
        var browserPort = reader.Number("Media:BrowserPort", new MediaOptions().BrowserPort, 0, 65_535);
        RefuseShared(reader, ports, browserPort, "Media:BrowserPort");
        var advertised = ReadAdvertised(reader, [.. sipBind, .. mediaBind]);
        return new VoiceSettings(
            new SipBridgeOptions(sipBind, sipPort, advertised)
            {
                Tls = tls,
                NameServers = reader.EndPoints("Sip:NameServers", defaultPort: 53),
                TrustedProxies = reader.Networks("Sip:TrustedProxies"),
                RequestsPerSecond = reader.Number("Sip:RequestsPerSecond", 500, 10, 100_000),
            },
            new MediaOptions
            {
                Ports = ports,
                Bind = mediaBind,
                BrowserPort = browserPort,
                BrowserBind = browserPort == 0 ? [] : BrowserAddresses(mediaBind),
                AutomaticLevel = reader.Flag("Media:AutomaticLevel", true),
            },
            new AnchorOptions(mediaBind, advertised),
            new QualityOptions
            {
                OneWayAfter = TimeSpan.FromSeconds(reader.Number("Media:OneWaySeconds", 10, 3, 600)),
                StuckAfter = TimeSpan.FromSeconds(reader.Number("Media:StuckKeySeconds", 60, 5, 3600)),
            });
    }

    private static AddressMap ReadAdvertised(SettingsReader reader, IReadOnlyList<IPAddress> bound)
    {
        var map = AddressMap.Empty;
        if (reader.Text(Advertised) is { } text)
        {
            if (AddressMap.TryParse(text, out var error) is not { } read)
            {
                reader.Error(Advertised, error!);
                return map;
            }

            map = read;
        }

        foreach (var every in bound.Where(IsEvery).Distinct())
            if (map.For(every) is null)
                reader.Error(Advertised, $"it must say where every far end reaches this node, because the node listens on {every}.");
        return map;
    }

    private static void RefuseShared(SettingsReader reader, PortRange ports, int port, string setting)
    {
        if (port >= ports.First && port <= ports.Last)
            reader.Error("Media:Ports", $"{ports} includes {port}, which is {setting}.");
    }

    /// <summary>Each address by itself: a socket that is bound to every one may answer a browser from another than it asked.</summary>
    private static IReadOnlyList<IPAddress> BrowserAddresses(IReadOnlyList<IPAddress> bound) =>
        [.. bound.SelectMany(static address => IsEvery(address) ? OwnAddresses(address.AddressFamily) : [address]).Distinct()];

    private static IEnumerable<IPAddress> OwnAddresses(AddressFamily family) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(static nic => nic.OperationalStatus == OperationalStatus.Up || nic.NetworkInterfaceType == NetworkInterfaceType.Loopback)
            .SelectMany(static nic => nic.GetIPProperties().UnicastAddresses)
            .Select(static unicast => unicast.Address)
            .Where(address => address.AddressFamily == family && !address.IsIPv6LinkLocal);

    private static bool IsEvery(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
