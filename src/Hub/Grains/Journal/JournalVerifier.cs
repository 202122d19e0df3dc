using System.Text.Json;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;

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

    /// <summary>The entry, or the file at this place, cannot be read.</summary>
    BadData,
}

/// <summary>The first entry at which a record is broken.</summary>
public sealed record BrokenEntry(string Stream, long Version, BreakReason Reason, string Text);

/// <summary>What a verification found.</summary>
/// <param name="FirstBroken">Null when every chain is whole.</param>
public sealed record JournalVerification(int Streams, long Entries, BrokenEntry? FirstBroken);

/// <summary>Walks the chains of a journal, reading its file only; the hub may be running or not.</summary>
public static class JournalVerifier
{
    private const string NoStream = "(the file)";

    /// <summary>Verifies every stream, or one, in ordinal order, and stops at the first broken entry.</summary>
    /// <exception cref="FileNotFoundException">There is no journal in the data directory.</exception>
    public static JournalVerification Verify(JournalOptions options, string? stream = null)
    {
        if (!File.Exists(options.File))
            throw new FileNotFoundException($"There is no journal at {options.File}.", options.File);
        try
        {
            using var connection = SqliteFile.OpenToRead(options.File);
            // One read transaction: a hub that runs meanwhile may write, and the walk sees none of it.
            SqliteFile.Run(connection, "begin");
            if (SqliteFile.VersionOf(connection) > JournalFile.SchemaVersion)
                return Broken(0, 0, NoStream, 0, BreakReason.BadData, "The file was written by a newer version.");
            return Walk(connection, stream);
        }
        catch (SqliteException exception)
        {
            return Broken(0, 0, NoStream, 0, BreakReason.BadData, $"The file cannot be read: {exception.Message}");
        }
    }

    private static JournalVerification Walk(SqliteConnection connection, string? only)
    {
        var streams = 0;
        var entries = 0L;
        foreach (var stream in only is null ? Streams(connection) : [only])
        {
            var (count, broken) = WalkOne(connection, stream);
            streams++;
            entries += count;
            if (broken is not null)
                return new JournalVerification(streams, entries, broken);
        }

        return new JournalVerification(streams, entries, null);
    }

    private static (long Entries, BrokenEntry? Broken) WalkOne(SqliteConnection connection, string stream)
    {
        var previous = EntryHash.None;
        var version = 0L;
        try
        {
            using var command = Command(connection, "select * from entries where stream = $1 order by version", stream);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                if (Fault(rows, version + 1, previous) is { } fault)
                    return (version, new BrokenEntry(stream, version + 1, fault.Reason, fault.Text));
                previous = rows.GetString(12);
                version++;
            }

            return (version, EndFault(connection, stream, version, previous));
        }
        catch (SqliteException exception)
        {
            return (version, new BrokenEntry(stream, version + 1, BreakReason.BadData, $"The file is damaged here: {exception.Message}"));
        }
    }

    private static (BreakReason Reason, string Text)? Fault(SqliteDataReader row, long expected, string previous)
    {
        JournalEntry entry;
        try
        {
            entry = JournalSession.Entry(row);
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
    private static BrokenEntry? EndFault(SqliteConnection connection, string stream, long version, string hash)
    {
        using var command = Command(connection, "select version, hash from epochs where stream = $1", stream);
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

    private static List<string> Streams(SqliteConnection connection)
    {
        using var command = Command(
            connection, "select stream from entries union select stream from epochs where version > 0 order by 1");
        using var rows = command.ExecuteReader();
        var streams = new List<string>();
        while (rows.Read())
            streams.Add(rows.GetString(0));
        return streams;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, string? stream = null)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        if (stream is not null)
            command.Parameters.AddWithValue("$1", stream);
        return command;
    }

    private static JournalVerification Broken(int streams, long entries, string stream, long version, BreakReason reason, string text) =>
        new(streams, entries, new BrokenEntry(stream, version, reason, text));
}
