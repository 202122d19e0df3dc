using Interop.Hub.Contracts.Journal;
using Interop.Hub.Grains.Storage;
using Npgsql;

namespace Interop.Hub.Grains.Journal;

/// <summary>The journal in PostgreSQL, which all nodes of a cluster share.</summary>
internal sealed class PostgresJournal(GroupCommit<PostgresJournalSession> writer, NpgsqlDataSource database) : IJournal
{
    /// <summary>A new stream's row is made by itself: rows that are made inside of commits, in any order, would have two writers block each other.</summary>
    public async Task<long> RaiseEpoch(string stream, CancellationToken cancel)
    {
        await database.Run("insert into epochs values ($1, 0, 0, $2) on conflict do nothing", cancel, stream, EntryHash.None);
        return await writer.Write(session => session.RaiseEpoch(stream), cancel, stream);
    }

    public Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancel) =>
        writer.Write(session => session.Append(append), cancel, append.Stream);

    /// <summary>A commit whose connection was lost may still be under way in the server: it holds the stream's end locked until it is over.</summary>
    public Task Settle(string stream, CancellationToken cancel) => writer.Write(static _ => true, cancel, stream);

    public Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int count, CancellationToken cancel, IReadOnlyList<string>? except = null) =>
        database.Select(
            $"select {EntryRow.Columns} from entries where stream = $1 and version > $2 and type <> all($4) order by version limit $3",
            EntryRow.Read,
            cancel,
            PostgresStatements.Storable(stream),
            afterVersion,
            count,
            (except ?? []).ToArray());

    public Task<IReadOnlyList<string>> Streams(string prefix, CancellationToken cancel) =>
        database.Select("select stream from epochs where starts_with(stream, $1) and version > 0 order by stream", static row => row.GetString(0), cancel, prefix);
}
