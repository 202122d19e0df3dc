using System.Text.Json;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Interop.Hub.Grains.Journal;

/// <summary>The journal in one SQLite file.</summary>
internal sealed class SqliteJournal(GroupCommit<SqliteJournalSession> writer, IOptions<JournalOptions> options) : IJournal
{
    public Task<long> RaiseEpoch(string stream, CancellationToken cancel) =>
        writer.Write(session => session.RaiseEpoch(stream), cancel);

    public Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancel) =>
        writer.Write(session => session.Append(append), cancel);

    public Task Settle(string stream, CancellationToken cancel) => writer.Write(static _ => true, cancel);

    public Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int count, CancellationToken cancel, IReadOnlyList<string>? except = null) =>
        Select(
            $"select {EntryRow.Columns} from entries where stream = $1 and version > $2 and type not in (select value from json_each($4)) order by version limit $3",
            EntryRow.Read,
            cancel,
            stream,
            afterVersion,
            count,
            JsonSerializer.Serialize(except ?? []));

    public Task<IReadOnlyList<string>> Streams(string prefix, CancellationToken cancel) =>
        Select(
            "select stream from epochs where substr(stream, 1, length($1)) = $1 and version > 0 order by stream",
            row => row.GetString(0),
            cancel,
            prefix);

    /// <summary>SQLite blocks its thread, so a read takes one of the pool's and not a grain's.</summary>
    private Task<IReadOnlyList<T>> Select<T>(string sql, Func<SqliteDataReader, T> read, CancellationToken cancel, params object[] values) =>
        Task.Run<IReadOnlyList<T>>(
            () =>
            {
                using var connection = SqliteFile.OpenToRead(options.Value.File);
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                for (var index = 0; index < values.Length; index++)
                    command.Parameters.AddWithValue($"${index + 1}", values[index]);
                using var rows = command.ExecuteReader();
                var all = new List<T>();
                while (rows.Read())
                {
                    cancel.ThrowIfCancellationRequested();
                    all.Add(read(rows));
                }

                return all;
            },
            cancel);
}
