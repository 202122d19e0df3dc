using System.Net;
using Interop.Hub.Contracts.Directory;

namespace Interop.Hub.Domain.Directory;

/// <summary>What a radio gateway's settings may be; a wrong one would otherwise surface only when somebody needs the channel.</summary>
internal static class GatewayRules
{
    public static string? Fault(RadioGateway? gateway)
    {
        if (gateway is null)
            return "The gateway is missing.";
        if (!IsEndPoint(gateway.Receive))
            return "The gateway's receive must be address:port.";
        if (gateway.Transmit is not null && !IsEndPoint(gateway.Transmit))
            return "The gateway's transmit must be address:port, or left out.";
        if (gateway.Interface is not null && !IPAddress.TryParse(gateway.Interface, out _))
            return "The gateway's interface must be a local address.";
        if (gateway.Codec is not ("PCMU" or "PCMA"))
            return "The gateway's codec must be PCMU or PCMA.";
        if (gateway.Ttl is < 0 or > 255)
            return "The gateway's ttl must be between 0 and 255.";
        if (gateway.HangMs is < 0 or > 10_000 || gateway.TailMs is < 0 or > 10_000)
            return "The gateway's hangMs and tailMs must be between 0 and 10000.";
        return gateway.TimeOutMs is < 1_000 or > 600_000 ? "The gateway's timeOutMs must be between 1000 and 600000." : null;
    }

    private static bool IsEndPoint(string? value) =>
        value is { Length: <= 64 } && IPEndPoint.TryParse(value, out var endPoint) && endPoint.Port > 0;
}
