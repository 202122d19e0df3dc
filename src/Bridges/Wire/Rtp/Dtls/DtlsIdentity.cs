using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>The certificate that we show, with its key: ECDSA on P-256, signed by itself, since only its fingerprint is looked at.</summary>
/// <remarks>Kept as PEM by whoever wants the same fingerprint after a restart or on another node.</remarks>
public sealed class DtlsIdentity
{
    private const string CertificateLabel = "CERTIFICATE";
    private const string KeyLabel = "PRIVATE KEY";

    private readonly byte[] _pkcs8;

    private DtlsIdentity(byte[] certificate, byte[] pkcs8)
    {
        Certificate = certificate;
        _pkcs8 = pkcs8;
        Key = PrivateKeyFactory.CreateKey(pkcs8);
        Fingerprint = CertificateFingerprint.Of(certificate);
    }

    /// <summary>For our SDP.</summary>
    public CertificateFingerprint Fingerprint { get; }

    internal byte[] Certificate { get; }

    internal AsymmetricKeyParameter Key { get; }

    /// <summary>Makes a new one.</summary>
    public static DtlsIdentity Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = time.GetUtcNow();
        // A name that tells nothing: the certificate goes to whoever was given an answer.
        var request = new CertificateRequest("CN=voice", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        return new DtlsIdentity(certificate.RawData, key.ExportPkcs8PrivateKey());
    }

    /// <summary>Reads what <see cref="ToPem"/> wrote; null when it is not that.</summary>
    public static DtlsIdentity? TryRead(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem, pem);
            using var key = certificate.GetECDsaPrivateKey();
            return key is null ? null : new DtlsIdentity(certificate.RawData, key.ExportPkcs8PrivateKey());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Certificate and key, the key in the clear: for a file that only the node reads.</summary>
    public string ToPem() => $"{PemEncoding.WriteString(CertificateLabel, Certificate)}\n{PemEncoding.WriteString(KeyLabel, _pkcs8)}\n";
}
