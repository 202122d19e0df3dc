using System.Globalization;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.Journal;

/// <summary>The writer's statements on the journal.</summary>
internal sealed class JournalSession : WriterSession
{
    private readonly SqliteCommand head, insert, advance, raise;

    public JournalSession(string file) : base(JournalFile.OpenToWrite(file))
    {
        head = Prepare("select epoch, version, hash from epochs where stream = $1", 1);
        insert = Prepare("insert into entries values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", 13);
        advance = Prepare("update epochs set version = $2, hash = $3 where stream = $1", 3);
        raise = Prepare(
            "insert into epochs values ($1, 1, 0, $2) on conflict (stream) do update set epoch = epoch + 1 returning epoch", 2);
    }

    public long RaiseEpoch(string stream) => (long)With(raise, stream, EntryHash.None).ExecuteScalar()!;

    public AppendOutcome Append(JournalAppend append)
    {
        var (epoch, version, hash) = Head(append.Stream);
        if (epoch != append.Epoch)
            return AppendOutcome.Fenced;
        if (version != append.ExpectedVersion)
            return AppendOutcome.Conflict;
        foreach (var entry in append.Entries)
        {
            var placed = new JournalEntry(
                append.Stream, ++version, epoch, entry.Time, entry.Actor, entry.Command, entry.Type, entry.Data, hash, "");
            hash = EntryHash.Of(placed);
            With(
                insert, placed.Stream, placed.Version, placed.Epoch, EntryHash.Time(placed.Time),
                placed.Actor.Kind.ToString(), placed.Actor.Agency.Value, placed.Actor.Name, placed.Actor.Role.ToString(),
                placed.Command, placed.Type, placed.Data, placed.PreviousHash, hash).ExecuteNonQuery();
        }

        With(advance, append.Stream, version, hash).ExecuteNonQuery();
        return AppendOutcome.Written;
    }

    /// <summary>Reads an entry from a row of all columns in order.</summary>
    public static JournalEntry Entry(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetInt64(1),
        row.GetInt64(2),
        DateTimeOffset.ParseExact(row.GetString(3), "O", CultureInfo.InvariantCulture),
        new Actor(
            Enum.Parse<ActorKind>(row.GetString(4)), new AgencyId(row.GetString(5)), row.GetString(6), Enum.Parse<Role>(row.GetString(7))),
        row.GetString(8),
        row.GetString(9),
        row.GetString(10),
        row.GetString(11),
        row.GetString(12));

    private (long Epoch, long Version, string Hash) Head(string stream)
    {
        using var row = With(head, stream).ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1), row.GetString(2)) : (0, 0, EntryHash.None);
    }
}
