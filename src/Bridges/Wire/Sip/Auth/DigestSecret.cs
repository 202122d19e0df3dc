using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>The hash functions of Digest that we speak, strongest first (RFC 8760).</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>MD5, for peers that know nothing better.</summary>
    Md5,
}

/// <summary>What is stored of a password: one HA1 for each algorithm that its user may use; null forbids the algorithm.</summary>
/// <remarks>An HA1 is worth as much as the password within its realm; it is hexadecimal, in lower case.</remarks>
public sealed record DigestSecret(string? Sha256, string? Md5)
{
    /// <summary>The secret of a password; MD5 only where its user's devices need it.</summary>
    public static DigestSecret FromPassword(string user, string realm, string password, bool allowMd5) => new(
        Ha1(DigestAlgorithm.Sha256, user, realm, password),
        allowMd5 ? Ha1(DigestAlgorithm.Md5, user, realm, password) : null);

    /// <summary>H(user ":" realm ":" password), RFC 7616 section 3.4.2.</summary>
    public static string Ha1(DigestAlgorithm algorithm, string user, string realm, string password) =>
        DigestHash.Hex(algorithm, $"{user}:{realm}:{password}");

    /// <inheritdoc/>
    public override string ToString() => Md5 is null ? "a secret for SHA-256" : "a secret for SHA-256 and MD5";

    internal string? For(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? Sha256 : Md5;
}

internal static class DigestHash
{
    public static string Name(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? "SHA-256" : "MD5";

    /// <summary>An absent algorithm means MD5 (RFC 7616 section 3.3).</summary>
    public static DigestAlgorithm? Parse(string? name) => name?.ToUpperInvariant() switch
    {
        null or "MD5" => DigestAlgorithm.Md5,
        "SHA-256" => DigestAlgorithm.Sha256,
        _ => null,
    };

    [SuppressMessage("Security", "CA5351", Justification = "MD5 is what RFC 2617 devices speak; each user must be allowed it by name")]
    public static string Hex(DigestAlgorithm algorithm, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(algorithm == DigestAlgorithm.Sha256 ? SHA256.HashData(octets) : MD5.HashData(octets));
    }

    /// <summary>The response without qop, RFC 2617 section 3.2.2.1.</summary>
    public static string PlainResponse(DigestAlgorithm algorithm, string ha1, string method, string uri, string nonce) =>
        Hex(algorithm, $"{ha1}:{nonce}:{Hex(algorithm, $"{method}:{uri}")}");

    /// <summary>The response with qop=auth, RFC 7616 section 3.4.1.</summary>
    public static string Response(DigestAlgorithm algorithm, string ha1, string method, string uri, string nonce, string nc, string cnonce) =>
        Hex(algorithm, $"{ha1}:{nonce}:{nc}:{cnonce}:auth:{Hex(algorithm, $"{method}:{uri}")}");
}
