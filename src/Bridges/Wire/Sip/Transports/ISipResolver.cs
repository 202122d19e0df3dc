using System.Net;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>Finds the addresses of a host name.</summary>
public interface ISipResolver
{
    /// <summary>The addresses, best first; none when the name has none.</summary>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation);
}

/// <summary>Asks the system.</summary>
public sealed class SystemResolver : ISipResolver
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
        await Dns.GetHostAddressesAsync(host, cancellation);
}
