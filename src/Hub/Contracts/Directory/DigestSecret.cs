using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Hub.Contracts.Directory;

/// <summary>How the secret of a SIP endpoint is kept: hashed for digest access, never as the password (RFC 8760, RFC 7616).</summary>
public static class DigestSecret
{
    /// <summary>The realm of the hub. It is part of every stored hash: to change it would invalidate all of them.</summary>
    public const string Realm = "interop";

    /// <summary>The algorithm that every endpoint has a hash for.</summary>
    public const string Sha256 = "SHA-256";

    /// <summary>The algorithm for phones that know nothing newer; only where it is typed out for one.</summary>
    public const string Md5 = "MD5";

    /// <summary>HA1 for this hub's realm.</summary>
    public static string Ha1(string algorithm, string user, string password) => Ha1(algorithm, user, Realm, password);

    /// <summary>HA1, the hash of <c>user:realm:password</c>, in lowercase hex.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "RFC 7616 keeps MD5 for phones that know nothing newer, and each one is allowed it by name.")]
    public static string Ha1(string algorithm, string user, string realm, string password)
    {
        var text = Encoding.UTF8.GetBytes($"{user}:{realm}:{password}");
        return Convert.ToHexStringLower(algorithm == Md5 ? MD5.HashData(text) : SHA256.HashData(text));
    }
}
