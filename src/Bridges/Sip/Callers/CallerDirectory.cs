using System.Net;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using DigestSecret = Interop.Bridges.Wire.Sip.Auth.DigestSecret;

namespace Interop.Bridges.Sip.Callers;

/// <summary>The trunks and phones of the directory, arranged for a look-up with each request.</summary>
/// <remarks>Rebuilt when the directory has a new version; readers share one immutable arrangement.</remarks>
internal sealed class CallerDirectory(IDirectory directory)
{
    private Arrangement _arranged = new(DirectorySnapshot.Empty);

    public (AgencyId Agency, string Trunk)? Trunk(IPAddress source) => Current().Trunks.Find(source);

    public (AgencyId Agency, EndpointEntry Endpoint)? Endpoint(string user) =>
        Current().Endpoints.TryGetValue(user, out var found) ? found : null;

    /// <summary>What is stored of a user's password, or null.</summary>
    public DigestSecret? Secret(string user) => Endpoint(user) is var (_, endpoint)
        ? new DigestSecret(endpoint.Secrets.GetValueOrDefault(Hub.Contracts.Directory.DigestSecret.Sha256), endpoint.Secrets.GetValueOrDefault(Hub.Contracts.Directory.DigestSecret.Md5))
        : null;

    /// <summary>Whether the phone is provisioned for MD5: such devices give up on a challenge that names anything else beside it.</summary>
    public bool TakesMd5(string? user) => user is not null && Secret(user) is { Md5: not null };

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
                    Endpoints.TryAdd(endpoint.User, (agency.Agency, endpoint));
        }

        public DirectorySnapshot Of { get; }

        public TrunkTable Trunks { get; }

        public Dictionary<string, (AgencyId Agency, EndpointEntry Endpoint)> Endpoints { get; } = new(StringComparer.Ordinal);
    }
}
