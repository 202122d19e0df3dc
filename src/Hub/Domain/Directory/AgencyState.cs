using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Domain.Directory;

/// <summary>An agency's directory as its journal tells it.</summary>
internal sealed record AgencyState(AgencyId Agency)
{
    public ImmutableSortedDictionary<EntryKey, DirectoryEntry> Entries { get; init; } =
        ImmutableSortedDictionary.Create<EntryKey, DirectoryEntry>(
            Comparer<EntryKey>.Create((one, other) => string.CompareOrdinal(one.Kind, other.Kind) is not 0 and var byKind
                ? byKind
                : string.CompareOrdinal(one.Id, other.Id)));

    /// <summary>Every content that was ever provisioned: it is not applied a second time.</summary>
    public ImmutableHashSet<(EntryKey Key, string Hash)> Provisioned { get; init; } = [];

    public AgencyState Evolve(AgencyEvent happened) => happened switch
    {
        EntryProvisioned e => this with
        {
            Entries = Entries.SetItem(EntryKey.Of(e.Entry), e.Entry),
            Provisioned = Provisioned.Add((EntryKey.Of(e.Entry), e.Hash)),
        },
        EntryPut e => this with { Entries = Entries.SetItem(EntryKey.Of(e.Entry), e.Entry) },
        EntryRemoved e => this with { Entries = Entries.Remove(new EntryKey(e.Kind, e.Id)) },
        _ => throw new UnreachableException($"{happened.GetType().Name} has no effect defined."),
    };

    public AgencyDirectory Directory(long version) => new(Agency, version, Entries.Values.ToArray());
}
