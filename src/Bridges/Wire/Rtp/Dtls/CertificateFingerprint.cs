using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>The hash of a certificate, by which the signalling vouches for the DTLS peer that shows it (RFC 8122 §5).</summary>
/// <param name="Hash">The hash function as SDP names it: <c>sha-256</c>.</param>
/// <param name="Value">Its octets.</param>
public sealed record CertificateFingerprint(string Hash, ReadOnlyMemory<byte> Value)
{
    /// <summary>Whether the hash is one that may be trusted, and the value as long as it makes.</summary>
    public bool IsUsable => Value.Length > 0 && Value.Length == SizeOf(Hash);

    /// <summary>The fingerprint that is written into our own SDP.</summary>
    public static CertificateFingerprint Of(ReadOnlySpan<byte> certificate) => new("sha-256", SHA256.HashData(certificate));

    /// <summary>Whether it is the fingerprint of that certificate, in DER.</summary>
    public bool Matches(ReadOnlySpan<byte> certificate)
    {
        if (!IsUsable) return false;
        Span<byte> hash = stackalloc byte[64];
        var size = Hash switch
        {
            "sha-256" => SHA256.HashData(certificate, hash),
            "sha-384" => SHA384.HashData(certificate, hash),
            _ => SHA512.HashData(certificate, hash),
        };
        return CryptographicOperations.FixedTimeEquals(hash[..size], Value.Span);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Hash} {string.Join(':', Value.ToArray().Select(static octet => octet.ToString("X2")))}";

    // RFC 8122 §5 lists md5 and sha-1 too, and forbids to use them.
    private static int SizeOf(string hash) => hash switch
    {
        "sha-256" => SHA256.HashSizeInBytes,
        "sha-384" => SHA384.HashSizeInBytes,
        "sha-512" => SHA512.HashSizeInBytes,
        _ => 0,
    };
}
