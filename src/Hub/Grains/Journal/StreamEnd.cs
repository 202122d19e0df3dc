using Interop.Hub.Contracts.Journal;

namespace Interop.Hub.Grains.Journal;

/// <summary>Where a stream ends, and which activation may go on from there.</summary>
internal readonly record struct StreamEnd(long Epoch, long Version, string Hash)
{
    /// <summary>That of a stream which nobody has raised yet: every append to it is fenced.</summary>
    public static StreamEnd None { get; } = new(0, 0, EntryHash.None);

    /// <summary>What must become of an append to this stream.</summary>
    public AppendOutcome Judge(JournalAppend append) =>
        append.Epoch != Epoch ? AppendOutcome.Fenced
        : append.ExpectedVersion != Version ? AppendOutcome.Conflict
        : AppendOutcome.Written;

    /// <summary>Puts the new entries into the chain, one after the other.</summary>
    public IReadOnlyList<JournalEntry> Place(JournalAppend append)
    {
        var placed = new JournalEntry[append.Entries.Count];
        var (version, hash) = (Version, Hash);
        for (var index = 0; index < placed.Length; index++)
        {
            var entry = append.Entries[index];
            var bare = new JournalEntry(
                append.Stream, ++version, Epoch, entry.Time, entry.Actor, entry.Command, entry.Type, entry.Data, hash, "");
            hash = EntryHash.Of(bare);
            placed[index] = bare with { Hash = hash };
        }

        return placed;
    }

    /// <summary>The end once these entries are written.</summary>
    public StreamEnd After(IReadOnlyList<JournalEntry> placed) =>
        placed.Count == 0 ? this : this with { Version = placed[^1].Version, Hash = placed[^1].Hash };
}
