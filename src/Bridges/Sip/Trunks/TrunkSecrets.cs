using System.Security.Cryptography;
using System.Text;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Hub.Contracts.Directory;
using WireSecret = Interop.Bridges.Wire.Sip.Auth.DigestSecret;
using HubSecret = Interop.Hub.Contracts.Directory.DigestSecret;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>What a trunk's stored hashes are good for.</summary>
internal static class TrunkSecrets
{
    /// <summary>They answer for the partner's realm alone.</summary>
    public static DigestCredentials Credentials(TrunkRegistration at) => new(
        at.User, at.Realm, new WireSecret(at.Secrets.GetValueOrDefault(HubSecret.Sha256), at.Secrets.GetValueOrDefault(HubSecret.Md5)));

    /// <summary>The user part of our Contact: the same after a restart, and not to be guessed.</summary>
    public static string ContactUser(Trunk trunk, TrunkRegistration at)
    {
        var key = Encoding.UTF8.GetBytes(string.Join('|', at.Secrets.OrderBy(secret => secret.Key, StringComparer.Ordinal).Select(secret => secret.Value)));
        var name = Encoding.UTF8.GetBytes($"contact:{trunk.Agency}/{trunk.Entry.Id}@{at.Server}");
        return "t" + Convert.ToHexStringLower(HMACSHA256.HashData(key, name).AsSpan(0, 16));
    }
}
