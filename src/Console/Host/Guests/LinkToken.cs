using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Interop.Hub.Contracts.Ids;

namespace Interop.Console.Host.Guests;

/// <summary>What a link carries behind its <c>#</c>: the room's code and a secret of 256 bits, <c>4201.k3y…</c>.</summary>
/// <remarks>A fragment is never sent to a server, so the secret is in no log and no Referer. The hub keeps its hash alone.</remarks>
internal static class LinkToken
{
    private const int SecretBytes = 32;
    private const int Longest = 100;

    public static (string Token, string Hash) Make(string code)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return ($"{code}.{secret}", Hash(secret));
    }

    /// <summary>The room and the hash of the secret, of whatever text: what is no token costs the same work.</summary>
    public static (string Code, string Hash) Read(string? token)
    {
        var text = token is { Length: <= Longest } ? token : "";
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? "" : text[..dot], Hash(text[(dot + 1)..]));
    }

    /// <summary>The page's address within the console.</summary>
    public static string Path(string token) => $"/join#{token}";

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
