using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>Looks names up in the DNS. It is asked for every host that is not an address; its answers are cached here.</summary>
public interface ISipResolver
{
    /// <summary>The A and AAAA records of a host: empty when it has none, null when no answer could be had.</summary>
    ValueTask<SipRecords<IPAddress>?> AddressesAsync(string host, CancellationToken cancellation);

    /// <summary>The NAPTR records of a domain: empty when it has none, null when no answer could be had.</summary>
    ValueTask<SipRecords<SipPointer>?> PointersAsync(string domain, CancellationToken cancellation);

    /// <summary>The SRV records of a service such as <c>_sip._udp.example.com</c>: empty when it has none, null when no answer could be had.</summary>
    ValueTask<SipRecords<SipService>?> ServicesAsync(string name, CancellationToken cancellation);
}

/// <summary>What a name has, and for how long that may be believed.</summary>
public sealed record SipRecords<T>(IReadOnlyList<T> Values, TimeSpan TimeToLive);

/// <summary>One SRV record (RFC 2782); the target "." says that there is no such service.</summary>
public sealed record SipService(int Priority, int Weight, int Port, string Target);

/// <summary>One NAPTR record (RFC 3403) of a domain: which service it has, by which transport, and the name of its SRV records.</summary>
public sealed record SipPointer(int Order, int Preference, string Flags, string Services, string Replacement);

/// <summary>Asks the system, which knows addresses alone.</summary>
public sealed class SystemResolver : ISipResolver
{
    /// <summary>The system does not tell for how long its answers hold.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async ValueTask<SipRecords<IPAddress>?> AddressesAsync(string host, CancellationToken cancellation)
    {
        try
        {
            return new(await Dns.GetHostAddressesAsync(host, cancellation), Believed);
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData ? new([], Believed) : null;
        }
        catch (ArgumentException)
        {
            // No DNS name at all, as one longer than 255 octets.
            return new([], Believed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<SipRecords<SipPointer>?> PointersAsync(string domain, CancellationToken cancellation) =>
        ValueTask.FromResult<SipRecords<SipPointer>?>(new([], Believed));

    /// <inheritdoc/>
    public ValueTask<SipRecords<SipService>?> ServicesAsync(string name, CancellationToken cancellation) =>
        ValueTask.FromResult<SipRecords<SipService>?>(new([], Believed));
}
