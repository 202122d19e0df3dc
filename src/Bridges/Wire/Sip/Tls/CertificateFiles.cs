using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>What is wrong with a certificate's files.</summary>
/// <param name="Setting">Which of them: the name of its property.</param>
/// <param name="Text">What an operator is told.</param>
public sealed record CertificateFault(string Setting, string Text);

/// <summary>Where a certificate that we show is kept.</summary>
/// <param name="Certificate">PEM, followed by its intermediates, or PKCS #12.</param>
/// <param name="Key">Its private key in PEM; null when the certificate's file holds it.</param>
/// <param name="PasswordFile">A file whose first line is the password of the key or of the PKCS #12 file.</param>
public sealed record CertificateFiles(string Certificate, string? Key = null, string? PasswordFile = null)
{
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>ERROR_INVALID_PASSWORD, which the loader gives on every system.</summary>
    private const int WrongPassword = unchecked((int)0x8007_0056);

    internal IEnumerable<string> Paths => new[] { Certificate, Key, PasswordFile }.OfType<string>();

    /// <summary>Reads them; null with what is wrong when they cannot be used.</summary>
    /// <remarks>One that has expired is read: whoever shows it says so, and a hub must come back with it all the same.</remarks>
    public SslStreamCertificateContext? TryLoad(out CertificateFault? fault)
    {
        fault = null;
        if (Read(nameof(PasswordFile), PasswordFile, File.ReadAllText, ref fault) is var password && fault is not null) return null;
        if (Read(nameof(Certificate), Certificate, File.ReadAllBytes, ref fault) is not { } bytes) return null;
        if (Read(nameof(Key), Key, File.ReadAllText, ref fault) is var key && fault is not null) return null;
        password = password?.Split('\n', 2)[0].TrimEnd('\r');
        try
        {
            var text = System.Text.Encoding.UTF8.GetString(bytes);
            return PemEncoding.TryFind(text, out _) ? LoadPem(text, key, password, out fault) : LoadPkcs12(bytes, password, out fault);
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            fault = new CertificateFault(nameof(Certificate), $"{Certificate} cannot be used: {unusable.Message}");
            return null;
        }
    }

    private static T? Read<T>(string setting, string? path, Func<string, T> read, ref CertificateFault? fault)
        where T : class
    {
        try
        {
            return path is null ? null : read(path);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            fault = new CertificateFault(setting, $"{path} cannot be read: {unread.Message}");
            return null;
        }
    }

    private SslStreamCertificateContext? LoadPem(string text, string? keyText, string? password, out CertificateFault? fault)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        if (all.Count == 0)
        {
            fault = new CertificateFault(nameof(Certificate), $"{Certificate} holds no certificate");
            return null;
        }

        var leaf = WithKey(all[0], keyText ?? text, password, out var wrong);
        fault = wrong is null ? null : new CertificateFault(Key is null ? nameof(Certificate) : nameof(Key), $"{Key ?? Certificate} {wrong}");
        return leaf is null ? null : Context(leaf, all);
    }

    private X509Certificate2? WithKey(X509Certificate2 certificate, string text, string? password, out string? wrong)
    {
        wrong = null;
        var encrypted = text.Contains($"-----BEGIN {EncryptedLabel}-----", StringComparison.Ordinal);
        if (encrypted && password is null)
        {
            wrong = $"has an encrypted private key: {nameof(PasswordFile)} must name the file with its password";
            return null;
        }

        using var rsaOfCertificate = certificate.GetRSAPublicKey();
        using AsymmetricAlgorithm key = rsaOfCertificate is null ? ECDsa.Create() : RSA.Create();
        try
        {
            if (encrypted) key.ImportFromEncryptedPem(text, password);
            else key.ImportFromPem(text);
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            wrong = encrypted ? $"has a private key that the password of {PasswordFile} does not open" : $"has no private key for the certificate of {Certificate}";
            return null;
        }

        try
        {
            return key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
        }
        catch (ArgumentException)
        {
            wrong = $"has another private key than that of the certificate of {Certificate}";
            return null;
        }
    }

    private SslStreamCertificateContext? LoadPkcs12(byte[] bytes, string? password, out CertificateFault? fault)
    {
        fault = null;
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
            if (all.FirstOrDefault(held => held.HasPrivateKey) is { } leaf) return Context(leaf, all);
            fault = new CertificateFault(nameof(Certificate), $"{Certificate} holds no certificate with its private key");
        }
        catch (CryptographicException refused) when (refused.HResult == WrongPassword)
        {
            fault = PasswordFile is null
                ? new CertificateFault(nameof(Certificate), $"{Certificate} has a password: {nameof(PasswordFile)} must name the file with it")
                : new CertificateFault(nameof(PasswordFile), $"the password of {PasswordFile} does not open {Certificate}");
        }

        return null;
    }

    /// <summary>Offline: nothing is fetched from addresses that stand in certificates.</summary>
    private static SslStreamCertificateContext Context(X509Certificate2 leaf, X509Certificate2Collection all)
    {
        var others = new X509Certificate2Collection(all.Where(held => held.Thumbprint != leaf.Thumbprint).ToArray());
        return SslStreamCertificateContext.Create(leaf, others, offline: true);
    }
}
