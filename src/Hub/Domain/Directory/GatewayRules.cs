using System.Net;
using System.Net.Sockets;
using Interop.Hub.Contracts.Directory;

namespace Interop.Hub.Domain.Directory;

/// <summary>What a radio gateway's settings may be; a wrong one would otherwise surface only when somebody needs the channel.</summary>
internal static class GatewayRules
{
    public static string? Fault(RadioGateway? gateway)
    {
        if (gateway is null)
            return "The gateway is missing.";
        if (Family(gateway.Receive) is not { } family)
            return "The gateway's receive must be address:port, as 239.10.0.1:5004 or [ff15::1]:5004.";
        if (gateway.Transmit is not null && Family(gateway.Transmit) != family)
            return "The gateway's transmit must be address:port of the same family as its receive, or left out.";
        if (gateway.Interface is not null && !(IPAddress.TryParse(gateway.Interface, out var local) && local.AddressFamily == family))
            return "The gateway's interface must be a local address of the same family as its receive.";
        if (gateway.Codec is not ("PCMU" or "PCMA"))
            return "The gateway's codec must be PCMU or PCMA.";
        if (gateway.Ttl is < RadioGateway.LeastTtl or > RadioGateway.MostTtl)
            return $"The gateway's ttl must be between {RadioGateway.LeastTtl} and {RadioGateway.MostTtl}.";
        if (gateway.HangMs is < RadioGateway.LeastHangMs or > RadioGateway.MostHangMs)
            return $"The gateway's hangMs must be between {RadioGateway.LeastHangMs} and {RadioGateway.MostHangMs}.";
        if (gateway.TailMs is < RadioGateway.LeastTailMs or > RadioGateway.MostTailMs)
            return $"The gateway's tailMs must be between {RadioGateway.LeastTailMs} and {RadioGateway.MostTailMs}.";
        return gateway.TimeOutMs is < RadioGateway.LeastTimeOutMs or > RadioGateway.MostTimeOutMs
            ? $"The gateway's timeOutMs must be between {RadioGateway.LeastTimeOutMs} and {RadioGateway.MostTimeOutMs}."
            : null;
    }

    private static AddressFamily? Family(string? value) =>
        value is { Length: <= 64 } && IPEndPoint.TryParse(value, out var endPoint) && endPoint is { Port: > 0, Address.IsIPv4MappedToIPv6: false } ? endPoint.AddressFamily : null;
}
