using System.Net;
using System.Net.Sockets;
using Interop.Hub.Contracts.Directory;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads how a radio channel is reached.</summary>
internal static class GatewayReader
{
    private static readonly string[] Codecs = ["PCMU", "PCMA"];

    public static RadioGateway Read(EntryReader gateway)
    {
        if (gateway.Text("kind") is { Length: > 0 } and not "rtp")
            gateway.Error("kind", "must be rtp.");
        var read = new RadioGateway(
            Address(gateway, "receive", gateway.Text("receive")),
            gateway.OptionalText("transmit") is { } transmit ? Address(gateway, "transmit", transmit) : null,
            gateway.OptionalText("interface"),
            gateway.OptionalText("codec") ?? "PCMU",
            gateway.Number("ttl", 1, RadioGateway.LeastTtl, RadioGateway.MostTtl),
            gateway.Number("hangMs", 200, RadioGateway.LeastHangMs, RadioGateway.MostHangMs),
            gateway.Number("tailMs", 500, RadioGateway.LeastTailMs, RadioGateway.MostTailMs),
            gateway.Number("timeOutMs", 60_000, RadioGateway.LeastTimeOutMs, RadioGateway.MostTimeOutMs));
        if (read.Transmit is { } keyed && FamilyOf(keyed) is { } family && FamilyOf(read.Receive) is { } heard && family != heard)
            gateway.Error("transmit", "must be IPv4 if receive is, or IPv6 if receive is.");
        if (read.Interface is { Length: > 0 } local && !(IPAddress.TryParse(local, out var address) && address.AddressFamily == (FamilyOf(read.Receive) ?? address.AddressFamily)))
            gateway.Error("interface", "must be a local address, IPv4 or IPv6 as receive is.");
        if (!Codecs.Contains(read.Codec))
            gateway.Error("codec", $"must be one of {string.Join(", ", Codecs)}.");
        gateway.End();
        return read;
    }

    private static string Address(EntryReader gateway, string field, string text)
    {
        if (text.Length > 0 && FamilyOf(text) is null)
            gateway.Error(field, "must be an address and a port, such as 239.10.0.1:5004 or [ff15::1]:5004.");
        return text;
    }

    private static AddressFamily? FamilyOf(string text) =>
        IPEndPoint.TryParse(text, out var address) && address is { Port: > 0, Address.IsIPv4MappedToIPv6: false } ? address.AddressFamily : null;
}
