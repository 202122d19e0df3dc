using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Directory;

/// <summary>The directory of the whole hub as of one version; an agency's record is the truth, this is its sum.</summary>
[GenerateSerializer, Alias("interop.directory-snapshot")]
public sealed record DirectorySnapshot(long Version, IReadOnlyList<AgencyDirectory> Agencies)
{
    /// <summary>Before anything is known.</summary>
    public static DirectorySnapshot Empty { get; } = new(0, []);

    /// <summary>What one agency owns, if it is known.</summary>
    public AgencyDirectory? Find(AgencyId agency)
    {
        foreach (var candidate in Agencies)
            if (candidate.Agency == agency)
                return candidate;
        return null;
    }
}

/// <summary>Everything that one agency's directory holds.</summary>
[GenerateSerializer, Alias("interop.agency-directory")]
public sealed record AgencyDirectory(AgencyId Agency, long Version, IReadOnlyList<DirectoryEntry> Entries)
{
    /// <summary>The entries of one kind.</summary>
    public IEnumerable<TEntry> All<TEntry>()
        where TEntry : DirectoryEntry => Entries.OfType<TEntry>();

    /// <summary>The trunk that carries the agency's telephone numbers: the first by id of those that can be called, bridges aside.</summary>
    public TrunkEntry? Carrier => All<TrunkEntry>()
        .Where(static trunk => trunk.Profile != TrunkProfile.Bridge && (trunk.Peer ?? trunk.Registration?.Server) is not null)
        .MinBy(static trunk => trunk.Id, StringComparer.Ordinal);

    /// <summary>One entry, if it is there.</summary>
    public TEntry? Find<TEntry>(string id)
        where TEntry : DirectoryEntry => All<TEntry>().FirstOrDefault(entry => entry.Id == id);
}

/// <summary>Sums up the agencies and tells the nodes; key <c>hub</c>. It can be rebuilt from the agencies' records.</summary>
[Alias("interop.directory")]
public interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "hub";

    /// <summary>An agency's directory changed.</summary>
    [Alias("publish")]
    Task Publish(AgencyDirectory agency);

    /// <summary>Sends every new snapshot to a node until it stops renewing, and gives the one of now.</summary>
    [Alias("subscribe")]
    Task<DirectorySnapshot> Subscribe(IDirectoryObserver observer);
}

/// <summary>A node that follows the directory.</summary>
[Alias("interop.directory-observer")]
public interface IDirectoryObserver : IGrainObserver
{
    /// <summary>The directory changed.</summary>
    [Alias("changed"), OneWay]
    Task Changed(DirectorySnapshot snapshot);
}
