using System.Net;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts.Directory;

namespace Interop.Bridges.Radio;

/// <summary>Reads a channel's gateway as its owner described it.</summary>
internal static class RadioGatewaySettings
{
    /// <summary>The engine's settings, or null and what is wrong.</summary>
    public static RadioSettings? Read(RadioGateway gateway, out string fault)
    {
        fault = "";
        if (!IPEndPoint.TryParse(gateway.Receive, out var receive))
            fault = $"the receive address '{gateway.Receive}' is no address:port";
        IPEndPoint? transmit = null;
        if (gateway.Transmit is { } written && !IPEndPoint.TryParse(written, out transmit))
            fault = $"the transmit address '{written}' is no address:port";
        IPAddress? nic = null;
        if (gateway.Interface is { } named && !IPAddress.TryParse(named, out nic))
            fault = $"the interface '{named}' is no address";
        if (fault.Length > 0)
            return null;

        return new RadioSettings
        {
            Receive = receive,
            Transmit = transmit,
            Interface = nic,
            Payload = gateway.Codec == "PCMA" ? new PayloadFormat(8, RtpFormat.Pcma) : new PayloadFormat(0, RtpFormat.Pcmu),
            Ttl = gateway.Ttl,
            Hang = TimeSpan.FromMilliseconds(gateway.HangMs),
            Tail = TimeSpan.FromMilliseconds(gateway.TailMs),
            TimeOut = TimeSpan.FromMilliseconds(gateway.TimeOutMs),
        };
    }
}
