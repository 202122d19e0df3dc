using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>The material of the next handshake.</summary>
internal sealed class TlsIdentity
{
    private readonly RenewedFiles<TlsMaterial> _files;

    /// <exception cref="ArgumentException">The files cannot be used.</exception>
    public TlsIdentity(SipTlsOptions options, TimeProvider time, ILogger log)
    {
        string?[] paths = [.. options.Files.Paths, options.Authorities];
        _files = new RenewedFiles<TlsMaterial>(
            paths.OfType<string>(), () => (TlsMaterial.TryLoad(options, out var fault), fault), static loaded => loaded.Certificate, options.LookEvery, time, log);
    }

    /// <summary>Of the newest files that could be used.</summary>
    public TlsMaterial Current => _files.Current;
}
