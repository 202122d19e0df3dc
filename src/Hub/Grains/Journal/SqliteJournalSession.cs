using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.Journal;

/// <summary>The writer's statements on the journal's file.</summary>
internal sealed class SqliteJournalSession : SqliteSession
{
    private readonly SqliteCommand head, insert, advance, raise;

    public SqliteJournalSession(string file) : base(JournalFile.OpenToWrite(file))
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
        var end = End(append.Stream);
        var outcome = end.Judge(append);
        if (outcome != AppendOutcome.Written)
            return outcome;
        var placed = end.Place(append);
        foreach (var entry in placed)
            With(
                insert, entry.Stream, entry.Version, entry.Epoch, EntryHash.Time(entry.Time),
                entry.Actor.Kind.ToString(), entry.Actor.Agency.Value, entry.Actor.Name, entry.Actor.Role.ToString(),
                entry.Command, entry.Type, entry.Data, entry.PreviousHash, entry.Hash).ExecuteNonQuery();
        end = end.After(placed);
        With(advance, append.Stream, end.Version, end.Hash).ExecuteNonQuery();
        return AppendOutcome.Written;
    }

    private StreamEnd End(string stream)
    {
        using var row = With(head, stream).ExecuteReader();
        return row.Read() ? new StreamEnd(row.GetInt64(0), row.GetInt64(1), row.GetString(2)) : StreamEnd.None;
    }
}
