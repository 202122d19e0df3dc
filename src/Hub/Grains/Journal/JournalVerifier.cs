using System.Data.Common;
using System.Text.Json;
using Interop.Hub.Contracts.Journal;

namespace Interop.Hub.Grains.Journal;

/// <summary>What is wrong with an entry.</summary>
public enum BreakReason
{
    /// <summary>The entry is missing: the ones around it, or the stream's end, say that it was there.</summary>
    Gap,

    /// <summary>The entry does not have the content that its hash was made over.</summary>
    Hash,

    /// <summary>The entry does not follow the one before it.</summary>
    PreviousHash,

    /// <summary>The entry, or the database at this place, cannot be read.</summary>
    BadData,
}

/// <summary>The first entry at which a record is broken.</summary>
public sealed record BrokenEntry(string Stream, long Version, BreakReason Reason, string Text);

/// <summary>What a verification found.</summary>
/// <param name="FirstBroken">Null when every chain is whole.</param>
public sealed record JournalVerification(int Streams, long Entries, BrokenEntry? FirstBroken);

/// <summary>Walks the chains of a journal, only reading; the hub may be running or not.</summary>
public static class JournalVerifier
{
    /// <summary>Verifies every stream, or one, in ordinal order, and stops at the first broken entry.</summary>
    /// <exception cref="IOException">There is no journal, or no way to it.</exception>
    public static JournalVerification Verify(JournalOptions options, string? stream = null)
    {
        var record = RecordToRead.Of(options);
        try
        {
            using var connection = record.Open(out var isNewer);
            return isNewer ? Broken(record, $"The {record.Kind} was written by a newer version.") : Walk(record, connection, stream);
        }
        catch (DbException exception)
        {
            return Broken(record, $"The {record.Kind} cannot be read: {exception.Message}");
        }
    }

    private static JournalVerification Walk(RecordToRead record, DbConnection connection, string? only)
    {
        var streams = 0;
        var entries = 0L;
        foreach (var stream in only is null ? Streams(record, connection) : [only])
        {
            var (count, broken) = WalkOne(record, connection, stream);
            streams++;
            entries += count;
            if (broken is not null)
                return new JournalVerification(streams, entries, broken);
        }

        return new JournalVerification(streams, entries, null);
    }

    private static (long Entries, BrokenEntry? Broken) WalkOne(RecordToRead record, DbConnection connection, string stream)
    {
        var previous = EntryHash.None;
        var version = 0L;
        try
        {
            using var command = record.Command(connection, $"select {EntryRow.Columns} from entries where stream = $1 order by version", stream);
            using (var rows = command.ExecuteReader())
                while (rows.Read())
                {
                    if (Fault(rows, version + 1, previous) is { } fault)
                        return (version, new BrokenEntry(stream, version + 1, fault.Reason, fault.Text));
                    previous = rows.GetString(12);
                    version++;
                }

            return (version, EndFault(record, connection, stream, version, previous));
        }
        catch (DbException exception)
        {
            return (version, new BrokenEntry(stream, version + 1, BreakReason.BadData, $"The {record.Kind} is damaged here: {exception.Message}"));
        }
    }

    private static (BreakReason Reason, string Text)? Fault(DbDataReader row, long expected, string previous)
    {
        JournalEntry entry;
        try
        {
            entry = EntryRow.Read(row);
            using var data = JsonDocument.Parse(entry.Data);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or JsonException or InvalidCastException)
        {
            return (BreakReason.BadData, $"The entry cannot be read: {exception.Message}");
        }

        if (entry.Version != expected)
            return (BreakReason.Gap, $"The entry is missing; the next one is {entry.Version}.");
        if (entry.PreviousHash != previous)
            return (BreakReason.PreviousHash, $"It follows {entry.PreviousHash}, but the entry before it has {previous}.");
        var hash = EntryHash.Of(entry);
        return hash == entry.Hash ? null : (BreakReason.Hash, $"Its hash is {entry.Hash}, but its content gives {hash}.");
    }

    /// <summary>The chain alone cannot tell that its end was cut off; where the writer last was, tells it.</summary>
    private static BrokenEntry? EndFault(RecordToRead record, DbConnection connection, string stream, long version, string hash)
    {
        using var command = record.Command(connection, "select version, hash from epochs where stream = $1", stream);
        using var row = command.ExecuteReader();
        var found = row.Read();
        if (!found && version == 0)
            return new BrokenEntry(stream, 0, BreakReason.Gap, "There is no such record.");
        var (end, endHash) = found ? (row.GetInt64(0), row.GetString(1)) : (0, "");
        if (end > version)
            return new BrokenEntry(stream, version + 1, BreakReason.Gap, $"The entry is missing; the record went up to {end}.");
        return end == version && endHash == hash
            ? null
            : new BrokenEntry(stream, version, BreakReason.Hash, "The entry is not the one with which the record ends.");
    }

    private static List<string> Streams(RecordToRead record, DbConnection connection)
    {
        using var command = record.Command(
            connection, "select stream from entries union select stream from epochs where version > 0 order by 1");
        using var rows = command.ExecuteReader();
        var streams = new List<string>();
        while (rows.Read())
            streams.Add(rows.GetString(0));
        return streams;
    }

    private static JournalVerification Broken(RecordToRead record, string text) =>
        new(0, 0, new BrokenEntry($"(the {record.Kind})", 0, BreakReason.BadData, text));
}
