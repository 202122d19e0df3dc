using System.Net.Security;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>A certificate that we show, read again when its files change.</summary>
public sealed class ServedCertificate
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(5);

    private readonly RenewedFiles<SslStreamCertificateContext> _files;

    /// <exception cref="ArgumentException">The files cannot be used.</exception>
    public ServedCertificate(CertificateFiles files, TimeProvider time, ILogger log) =>
        _files = new RenewedFiles<SslStreamCertificateContext>(
            files.Paths, () => (files.TryLoad(out var fault), fault), static loaded => loaded, s_lookEvery, time, log);

    /// <summary>For the next handshake.</summary>
    public SslStreamCertificateContext Current => _files.Current;
}
