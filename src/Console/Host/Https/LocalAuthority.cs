using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Console.Host.Settings;

namespace Interop.Console.Host.Https;

/// <summary>An authority of the hub's own, for consoles that no public one gives a certificate: a private network has no public names.</summary>
/// <remarks>
/// Browsers are made to trust it once; what it issues is renewed without them. Its key signs for any name, so it lies in the
/// data directory for the node's user alone, and signs nothing but servers (RFC 5280 §4.2.1.9: no authority below it).
/// </remarks>
internal sealed class LocalAuthority(DataOptions data, TimeProvider time)
{
    /// <summary>As long as a hub may stand; a new one has to be brought to every browser.</summary>
    private static readonly TimeSpan s_ownLife = TimeSpan.FromDays(3650);

    private static readonly TimeSpan s_serverLife = TimeSpan.FromDays(90);

    /// <summary>Renewed when so much is left: a hub that was off for a while comes back with a good one.</summary>
    private static readonly TimeSpan s_renewAt = TimeSpan.FromDays(30);

    /// <summary>A browser whose clock is behind must not find it of tomorrow.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromHours(1);

    /// <summary>The authority's certificate, to hand out.</summary>
    public string CertificateFile => Path.Combine(data.Authority, "authority.pem");

    private string KeyFile => Path.Combine(data.Authority, "authority-key.pem");

    /// <summary>What it issued for this node, with its key.</summary>
    public static string ServerFile(DataOptions data) => Path.Combine(data.Authority, "server.pem");

    /// <summary>Makes the authority unless there is one that still holds.</summary>
    /// <returns>Whether one was made: then browsers have to be told.</returns>
    public bool Create()
    {
        using var kept = Load();
        if (kept is not null && kept.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime)
        {
            File.WriteAllText(CertificateFile, kept.ExportCertificatePem() + "\n");
            return false;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The day tells it from the one before in the list of a browser.
        var now = time.GetUtcNow();
        var request = new CertificateRequest($"CN=Interop authority of {Dns.GetHostName()} {now:yyyy-MM-dd}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var made = request.CreateSelfSigned(now - s_skew, now + s_ownLife);
        PrivateFile.Write(KeyFile, Pem(made, key));
        File.WriteAllText(CertificateFile, made.ExportCertificatePem() + "\n");
        return true;
    }

    /// <summary>Issues a certificate for the names, if the one that is there does not have them all or ends soon.</summary>
    /// <returns>Whether one was issued.</returns>
    /// <exception cref="InvalidOperationException">There is no authority, or it has ended.</exception>
    public bool Renew(IReadOnlyList<string> names)
    {
        if (IsGood(names))
            return false;
        Issue(names);
        return true;
    }

    /// <summary>Issues a certificate for the names, in place of the one before.</summary>
    /// <exception cref="InvalidOperationException">There is no authority, or it has ended.</exception>
    public void Issue(IReadOnlyList<string> names)
    {
        using var authority = Load() ?? throw new InvalidOperationException($"There is no authority in {KeyFile}.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // RFC 5280 §4.2.1.6: the names stand in the alternative names alone, where there is no limit to their length.
        var request = new CertificateRequest("CN=Interop", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names(names));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([Oid.FromOidValue("1.3.6.1.5.5.7.3.1", OidGroup.EnhancedKeyUsage)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = time.GetUtcNow();
        var last = new DateTimeOffset(authority.NotAfter);
        if (last <= now)
            throw new InvalidOperationException($"The authority of {KeyFile} ended at {last:u}; `interop authority create` makes a new one.");
        var end = now + s_serverLife < last ? now + s_serverLife : last;
        var serial = RandomNumberGenerator.GetBytes(16);
        // RFC 5280 §4.1.2.2: a positive number.
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        using var issued = request.Create(authority, now - s_skew, end, serial);
        PrivateFile.Write(ServerFile(data), Pem(issued, key));
    }

    private bool IsGood(IReadOnlyList<string> names)
    {
        try
        {
            using var issued = X509Certificate2.CreateFromPemFile(ServerFile(data));
            return issued.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime > s_renewAt
                && issued.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } has
                && names.All(name => Has(has, name));
        }
        catch (Exception unusable) when (unusable is IOException or CryptographicException)
        {
            return false;
        }
    }

    private X509Certificate2? Load() => File.Exists(KeyFile) ? X509Certificate2.CreateFromPemFile(KeyFile, KeyFile) : null;

    private static string Pem(X509Certificate2 certificate, ECDsa key) =>
        $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";

    private static X509Extension Names(IReadOnlyList<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            if (IPAddress.TryParse(name, out var address))
                builder.AddIpAddress(address);
            else
                builder.AddDnsName(name);
        return builder.Build();
    }

    private static bool Has(X509SubjectAlternativeNameExtension has, string name) => IPAddress.TryParse(name, out var address)
        ? has.EnumerateIPAddresses().Contains(address)
        : has.EnumerateDnsNames().Contains(name, StringComparer.OrdinalIgnoreCase);
}
