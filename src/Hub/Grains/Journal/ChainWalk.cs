using Interop.Hub.Contracts.Journal;

namespace Interop.Hub.Grains.Journal;

/// <summary>Follows the chain of one stream, entry by entry, and stops at the first that is not what the chain says.</summary>
public sealed class ChainWalk
{
    /// <summary>The last entry that was whole; 0 before the first.</summary>
    public long Version { get; private set; }

    /// <summary>Its hash.</summary>
    public string Hash { get; private set; } = EntryHash.None;

    /// <summary>What is wrong with the entry after <see cref="Version"/>; null while the chain is whole.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes the next entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="withheld">Whether its content was taken out: then only its place in the chain can be held against the others.</param>
    /// <returns>Whether the chain is whole up to and with it.</returns>
    public bool Take(JournalEntry entry, bool withheld = false)
    {
        Fault ??= entry.Version != Version + 1 ? $"Entry {Version + 1} is missing; the next one is {entry.Version}."
            : entry.PreviousHash != Hash ? $"Entry {entry.Version} follows {entry.PreviousHash}, but the entry before it has {Hash}."
            : !withheld && EntryHash.Of(entry) is var hash && hash != entry.Hash ? $"Entry {entry.Version} has the hash {entry.Hash}, but its content gives {hash}."
            : null;
        if (Fault is not null)
            return false;
        (Version, Hash) = (entry.Version, entry.Hash);
        return true;
    }
}
