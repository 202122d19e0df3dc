using System.Security.Cryptography;
using System.Text;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads the secret of an API token, in clear or as the hash of an export.</summary>
internal static class TokenSecret
{
    /// <summary>A plain hash protects only what cannot be guessed, so a token must be long where a password may be chosen.</summary>
    private const int Shortest = 32;

    /// <returns>SHA-256, lowercase hex; empty when there is an error.</returns>
    public static string Read(EntryReader entry)
    {
        var secret = entry.OptionalText("secret", 512);
        var hash = entry.OptionalText("secretHash");
        if (secret is null == hash is null)
        {
            entry.Error("secret", "give secret or secretHash, one of the two.");
            return "";
        }
        if (hash is not null)
        {
            if (hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower))
                return hash;
            entry.Error("secretHash", "must be 64 lowercase hex digits: SHA-256 of the secret.");
            return "";
        }
        if (secret!.Length >= Shortest)
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        entry.Error("secret", $"a token's secret has at least {Shortest} characters.");
        return "";
    }
}
