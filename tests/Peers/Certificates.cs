using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Tests.Peers;

/// <summary>Certificates of the laboratory: good for a day, each signed by itself.</summary>
public static class Certificates
{
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);

    /// <summary>Writes certificate and key into one PEM file.</summary>
    public static void WritePem(string path, string name)
    {
        var (certificate, key) = Create(name);
        File.WriteAllText(path, $"{certificate}\n{key}\n");
    }

    /// <summary>Writes <c>name.crt</c> and <c>name.key</c> into a folder, and gives their paths.</summary>
    public static (string Certificate, string Key) WritePair(string directory, string name)
    {
        var (certificate, key) = Create(name);
        var paths = (Path.Combine(directory, $"{name}.crt"), Path.Combine(directory, $"{name}.key"));
        File.WriteAllText(paths.Item1, certificate);
        File.WriteAllText(paths.Item2, key);
        return paths;
    }

    private static (string Certificate, string Key) Create(string name)
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - Skew, now + Validity);
        return (certificate.ExportCertificatePem(), key.ExportRSAPrivateKeyPem());
    }
}
