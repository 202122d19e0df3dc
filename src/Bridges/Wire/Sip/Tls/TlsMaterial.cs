using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>What a handshake needs: our certificate with its intermediates, and the authorities; none for the system's.</summary>
/// <remarks>Handshakes that began with it may still use it after it was replaced, so it is left to the collector.</remarks>
internal sealed record TlsMaterial(SslStreamCertificateContext Certificate, X509Certificate2Collection? Authorities)
{
    /// <summary>Reads the files; null with the reason, which names the file, when one cannot be used.</summary>
    public static TlsMaterial? TryLoad(SipTlsOptions options, out string fault)
    {
        fault = "";
        var file = options.Certificate;
        try
        {
            var password = options.PasswordFile is null ? null : ReadPassword(file = options.PasswordFile);
            file = options.Certificate;
            var certificate = IsPem(file) ? LoadPem(options, password) : LoadPkcs12(file, password);
            if (certificate is null)
            {
                fault = $"{file} holds no certificate with its private key";
                return null;
            }

            return new TlsMaterial(certificate, options.Authorities is null ? null : LoadAuthorities(file = options.Authorities));
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            fault = $"{file} cannot be used: {unusable.Message}";
            return null;
        }
    }

    private static bool IsPem(string file) => PemEncoding.TryFind(File.ReadAllText(file), out _);

    private static string? ReadPassword(string file) => File.ReadLines(file).FirstOrDefault();

    private static SslStreamCertificateContext LoadPem(SipTlsOptions options, string? password)
    {
        var leaf = password is null
            ? X509Certificate2.CreateFromPemFile(options.Certificate, options.Key)
            : X509Certificate2.CreateFromEncryptedPemFile(options.Certificate, password, options.Key);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(options.Certificate);
        return Context(leaf, all);
    }

    private static SslStreamCertificateContext? LoadPkcs12(string file, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        return all.FirstOrDefault(held => held.HasPrivateKey) is { } leaf ? Context(leaf, all) : null;
    }

    /// <summary>Offline: nothing is fetched from addresses that stand in certificates.</summary>
    private static SslStreamCertificateContext Context(X509Certificate2 leaf, X509Certificate2Collection all)
    {
        var others = new X509Certificate2Collection(all.Where(held => held.Thumbprint != leaf.Thumbprint).ToArray());
        return SslStreamCertificateContext.Create(leaf, others, offline: true);
    }

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate");
    }
}
