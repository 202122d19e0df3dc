using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Bridges.Wire.Sip.Tls;

namespace Interop.Tests.Unit.Wire.Sip.Tls;

/// <summary>An authority of a test's own, with its certificates in a folder that goes with it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("interop-tls-");
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "Test Authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        Authorities = Write("authorities.pem", _root.ExportCertificatePem());
    }

    public string Authorities { get; }

    /// <summary>Options with a certificate for these names; a name that is an address becomes one in the certificate.</summary>
    public SipTlsOptions Issue(params string[] names) => Issue("peer", names);

    public SipTlsOptions Issue(string file, string[] names, DateTimeOffset? until = null, HashAlgorithmName? hash = null, string usage = "1.3.6.1.5.5.7.3.1")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names.FirstOrDefault("nobody")}", key, hash ?? HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (names.Length > 0) request.CertificateExtensions.Add(Names(names));
        var serial = RandomNumberGenerator.GetBytes(8);
        using var issued = request.Create(_root, TimeProvider.System.GetUtcNow().AddHours(-2), until ?? TimeProvider.System.GetUtcNow().AddDays(1), serial);
        return new SipTlsOptions
        {
            Port = 0,
            Certificate = Write($"{file}.pem", issued.ExportCertificatePem()),
            Key = Write($"{file}.key", key.ExportPkcs8PrivateKeyPem()),
            Authorities = Authorities,
            LookEvery = TimeSpan.Zero,
        };
    }

    /// <summary>The same certificate in one PKCS #12 file with a password.</summary>
    public SipTlsOptions AsPkcs12(SipTlsOptions pem, string password)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(pem.Certificate, pem.Key);
        var path = Path.Combine(_folder.FullName, "peer.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, password));
        return pem with { Certificate = path, Key = null, PasswordFile = Write("password", password + "\n") };
    }

    public void Dispose()
    {
        _root.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Extension Names(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else if (name.Contains(':', StringComparison.Ordinal)) builder.AddUri(new Uri(name));
            else builder.AddDnsName(name);
        }

        return builder.Build();
    }

    private string Write(string file, string text)
    {
        var path = Path.Combine(_folder.FullName, file);
        File.WriteAllText(path, text);
        return path;
    }
}
