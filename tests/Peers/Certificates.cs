using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Tests.Peers;

/// <summary>The laboratory's certificate authority, made anew for each run: what it signs is good for a day.</summary>
public static class Certificates
{
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);
    private static readonly Lazy<X509Certificate2> Authority = new(() => CreateAuthority("Laboratory"));
    private static readonly Lazy<X509Certificate2> Stranger = new(() => CreateAuthority("Somebody Else"));

    /// <summary>Writes <c>name.pem</c>, certificate and key in one, into a folder.</summary>
    public static string WriteBoth(string directory, string name)
    {
        var (certificate, key) = Create(name, Authority.Value);
        var path = Path.Combine(directory, $"{name}.pem");
        File.WriteAllText(path, $"{certificate}\n{key}\n");
        return path;
    }

    /// <summary>Writes <c>name.crt</c> and <c>name.key</c> into a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="name">The domain that the certificate is for, beside the laboratory's addresses.</param>
    /// <param name="isStrangers">Whether an authority issues it that nobody here trusts.</param>
    public static (string Certificate, string Key) WritePair(string directory, string name, bool isStrangers = false)
    {
        var (certificate, key) = Create(name, isStrangers ? Stranger.Value : Authority.Value);
        var paths = (Certificate: Path.Combine(directory, $"{name}.crt"), Key: Path.Combine(directory, $"{name}.key"));
        File.WriteAllText(paths.Certificate, certificate);
        File.WriteAllText(paths.Key, key);
        return paths;
    }

    /// <summary>Writes the authority's certificate into a folder, for those who are to trust it.</summary>
    public static string WriteAuthority(string directory)
    {
        var path = Path.Combine(directory, "authority.crt");
        File.WriteAllText(path, Authority.Value.ExportCertificatePem());
        return path;
    }

    private static (string Certificate, string Key) Create(string name, X509Certificate2 authority)
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.Parse(Proxies.Kamailio.Address));
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(authority, now - Skew, now + Validity, RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 CreateAuthority(string name)
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now - (2 * Skew), now + (2 * Validity));
    }
}
