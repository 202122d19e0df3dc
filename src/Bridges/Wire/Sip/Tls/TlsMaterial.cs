using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>What a handshake needs: our certificate with its intermediates, and the authorities; none for the system's.</summary>
internal sealed record TlsMaterial(SslStreamCertificateContext Certificate, X509Certificate2Collection? Authorities)
{
    /// <summary>Reads the files; null with what is wrong when one cannot be used.</summary>
    public static TlsMaterial? TryLoad(SipTlsOptions options, out CertificateFault? fault)
    {
        if (options.Files.TryLoad(out fault) is not { } certificate) return null;
        if (options.Authorities is not { } path) return new TlsMaterial(certificate, null);
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            if (authorities.Count > 0) return new TlsMaterial(certificate, authorities);
            fault = new CertificateFault(nameof(options.Authorities), $"{path} holds no certificate");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            fault = new CertificateFault(nameof(options.Authorities), $"{path} cannot be used: {unusable.Message}");
        }

        return null;
    }
}
