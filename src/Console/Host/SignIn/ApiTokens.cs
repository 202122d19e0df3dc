using System.Security.Cryptography;
using System.Text;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;

namespace Interop.Console.Host.SignIn;

/// <summary>Finds the token entry behind a secret.</summary>
/// <remarks>Every entry is compared in full, so how long it takes tells nothing of which secrets exist.</remarks>
internal sealed class ApiTokens(IDirectory directory, TimeProvider time)
{
    private volatile Known _known = new(-1, []);

    /// <summary>The entry of a secret; null for one that nobody has, and for one whose time is over.</summary>
    public (AgencyId Agency, string Token)? Find(string secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(secret), hash);
        (AgencyId, string)? found = null;
        foreach (var entry in Current().Entries)
            if (CryptographicOperations.FixedTimeEquals(entry.Hash, hash) && !(entry.Ends <= time.GetUtcNow()))
                found = (entry.Agency, entry.Token);
        return found;
    }

    private Known Current()
    {
        var snapshot = directory.Current;
        if (_known.Version != snapshot.Version)
            _known = new Known(snapshot.Version, [.. Hashes(snapshot)]);
        return _known;
    }

    private static IEnumerable<(byte[], AgencyId, string, DateTimeOffset?)> Hashes(DirectorySnapshot snapshot)
    {
        foreach (var agency in snapshot.Agencies)
            foreach (var token in agency.All<TokenEntry>())
                yield return (Convert.FromHexString(token.SecretHash), agency.Agency, token.Id, token.Ends);
    }

    private sealed record Known(long Version, (byte[] Hash, AgencyId Agency, string Token, DateTimeOffset? Ends)[] Entries);
}
