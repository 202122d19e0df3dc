using System.Net;
using System.Security.Cryptography;
using System.Text;
using Interop.Bridges.Sip.Trunks;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using DigestSecret = Interop.Bridges.Wire.Sip.Auth.DigestSecret;

namespace Interop.Bridges.Sip.Callers;

/// <summary>The trunks and phones of the directory, arranged for a look-up with each request.</summary>
/// <remarks>Rebuilt when the directory has a new version; readers share one immutable arrangement.</remarks>
internal sealed class CallerDirectory(IDirectory directory)
{
    private readonly byte[] _decoyKey = RandomNumberGenerator.GetBytes(32);
    private Arrangement _arranged = new(DirectorySnapshot.Empty);

    /// <summary>The trunks of all agencies.</summary>
    public IReadOnlyList<Trunk> Trunks => Current().Trunks.All;

    /// <summary>The trunk that carries an agency's telephone numbers.</summary>
    public TrunkEntry? Carrier(AgencyId agency) => directory.Current.Find(agency)?.Carrier;

    /// <summary>What an agency has in its directory.</summary>
    public AgencyDirectory? Owned(AgencyId agency) => directory.Current.Find(agency);

    public Trunk? Trunk(IPAddress source) => Current().Trunks.Find(source);

    public Trunk? Trunk(IReadOnlyList<string> certificateNames) => Current().Trunks.Find(certificateNames);

    public (AgencyId Agency, EndpointEntry Endpoint)? Endpoint(string user) =>
        Current().Phones.TryGetValue(user, out var found) ? (found.Agency, found.Endpoint) : null;

    /// <summary>What is stored of a user's password, or null.</summary>
    public DigestSecret? Secret(string user) => Current().Phones.GetValueOrDefault(user)?.Secret;

    /// <summary>Whether to challenge with MD5 alone: phones that know nothing better give up on a challenge that names more.</summary>
    /// <remarks>
    /// Where some phones are provisioned so, names that are nobody's are challenged either way, each always the same:
    /// otherwise the challenge would tell which names exist. It is worked out for names that exist too, or the time would tell.
    /// </remarks>
    public bool ChallengeMd5Only(string user)
    {
        var arranged = Current();
        var decoy = arranged.SomeTakeMd5 && (HMACSHA256.HashData(_decoyKey, Encoding.UTF8.GetBytes(user))[0] & 1) == 0;
        return arranged.Phones.TryGetValue(user, out var known) ? known.Secret.Md5 is not null : decoy;
    }

    public string AgencyName(AgencyId agency) =>
        directory.Current.Find(agency)?.All<AgencyEntry>().FirstOrDefault()?.Name ?? agency.Value;

    private Arrangement Current()
    {
        var newest = directory.Current;
        var arranged = Volatile.Read(ref _arranged);
        if (!ReferenceEquals(arranged.Of, newest))
            Volatile.Write(ref _arranged, arranged = new Arrangement(newest));
        return arranged;
    }

    private sealed class Arrangement
    {
        public Arrangement(DirectorySnapshot directory)
        {
            Of = directory;
            Trunks = new TrunkTable(directory);
            foreach (var agency in directory.Agencies)
                foreach (var endpoint in agency.All<EndpointEntry>())
                    Phones.TryAdd(endpoint.User, new Known(agency.Agency, endpoint, SecretOf(endpoint)));
            SomeTakeMd5 = Phones.Values.Any(known => known.Secret.Md5 is not null);
        }

        public DirectorySnapshot Of { get; }

        public TrunkTable Trunks { get; }

        public bool SomeTakeMd5 { get; }

        public Dictionary<string, Known> Phones { get; } = new(StringComparer.Ordinal);

        private static DigestSecret SecretOf(EndpointEntry endpoint) => new(
            endpoint.Secrets.GetValueOrDefault(Hub.Contracts.Directory.DigestSecret.Sha256),
            endpoint.Secrets.GetValueOrDefault(Hub.Contracts.Directory.DigestSecret.Md5));
    }

    private sealed record Known(AgencyId Agency, EndpointEntry Endpoint, DigestSecret Secret);
}
