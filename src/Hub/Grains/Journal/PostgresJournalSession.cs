using Interop.Hub.Contracts.Journal;
using Interop.Hub.Grains.Storage;
using Npgsql;

namespace Interop.Hub.Grains.Journal;

/// <summary>The writer's statements on the journal in PostgreSQL: two round trips for a commit, however many writes share it.</summary>
/// <remarks>
/// The first locks the ends of the streams that the writes are about; what becomes of each write is then decided here, and the
/// second carries it out and commits. No other process moves an end while it is locked, so a fenced activation writes nothing,
/// not even beside one that commits at the same moment. Ends are locked in the order of their streams: no two writers block
/// each other. A process that is frozen between the two trips loses its transaction after <see cref="LongestPause"/>, and then
/// its streams are free for the node that takes them over.
/// </remarks>
internal sealed class PostgresJournalSession : IWriterSession
{
    private const string LongestPause = "500ms";

    /// <summary>Whatever the server's defaults: a commit that returned is on the disk, and nothing waits without end.</summary>
    private const string Settings =
        $"set synchronous_commit = on; set idle_in_transaction_session_timeout = '{LongestPause}'; set lock_timeout = '2s'; set statement_timeout = '4s'";

    private const string Hold = "select stream, epoch, version, hash from epochs where stream = any($1) order by stream for update";

    private const string Insert = $"""
        insert into entries ({EntryRow.Columns})
        select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
          $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
        """;

    private const string Advance = """
        update epochs set epoch = moved.epoch, version = moved.version, hash = moved.hash
        from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[]) as moved (stream, epoch, version, hash)
        where epochs.stream = moved.stream
        """;

    private readonly NpgsqlConnection connection;
    private readonly Dictionary<string, StreamEnd> held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamEnd> moved = new(StringComparer.Ordinal);
    private readonly List<JournalEntry> entries = [];

    public PostgresJournalSession(NpgsqlDataSource database)
    {
        connection = database.OpenConnection();
        try
        {
            HubTables.Bring(connection);
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin(IReadOnlyCollection<string> about)
    {
        Forget();
        using var batch = Batch(new NpgsqlBatchCommand("begin"), PostgresStatements.Command(Hold, [about.ToArray()]));
        using var rows = batch.ExecuteReader();
        while (rows.Read())
            held[rows.GetString(0)] = new StreamEnd(rows.GetInt64(1), rows.GetInt64(2), rows.GetString(3));
    }

    public void Commit()
    {
        Run([.. Undone(), new NpgsqlBatchCommand("commit")]);
        Forget();
    }

    public void Rollback()
    {
        Forget();
        Run(new NpgsqlBatchCommand("rollback"));
    }

    public void Alone(Action write)
    {
        Run(new NpgsqlBatchCommand("savepoint one"));
        try
        {
            write();
            Run([.. Undone(), new NpgsqlBatchCommand("release one")]);
            foreach (var (stream, end) in moved)
                held[stream] = end;
        }
        catch
        {
            Run(new NpgsqlBatchCommand("rollback to one"), new NpgsqlBatchCommand("release one"));
            throw;
        }
        finally
        {
            moved.Clear();
            entries.Clear();
        }
    }

    /// <param name="stream">One that has its row: there is nothing to lock before.</param>
    public long RaiseEpoch(string stream)
    {
        var end = End(stream) ?? throw new InvalidOperationException($"The stream {stream} has no row to raise.");
        moved[stream] = end with { Epoch = end.Epoch + 1 };
        return end.Epoch + 1;
    }

    public AppendOutcome Append(JournalAppend append)
    {
        var end = End(append.Stream) ?? StreamEnd.None;
        var outcome = end.Judge(append);
        if (outcome != AppendOutcome.Written)
            return outcome;
        var placed = end.Place(append);
        foreach (var entry in placed)
            RefuseNul(entry);
        entries.AddRange(placed);
        moved[append.Stream] = end.After(placed);
        return AppendOutcome.Written;
    }

    public void Dispose() => connection.Dispose();

    private StreamEnd? End(string stream) =>
        moved.TryGetValue(stream, out var end) || held.TryGetValue(stream, out end) ? end : null;

    /// <summary>What the writes came to, and is not carried out yet.</summary>
    private IEnumerable<NpgsqlBatchCommand> Undone()
    {
        if (entries.Count > 0)
            yield return PostgresStatements.Command(
                Insert, Text(static at => at.Stream), Number(static at => at.Version), Number(static at => at.Epoch), Text(static at => EntryHash.Time(at.Time)),
                Text(static at => at.Actor.Kind.ToString()), Text(static at => at.Actor.Agency.Value), Text(static at => at.Actor.Name),
                Text(static at => at.Actor.Role.ToString()), Text(static at => at.Command), Text(static at => at.Type), Text(static at => at.Data),
                Text(static at => at.PreviousHash), Text(static at => at.Hash));
        if (moved.Count > 0)
            yield return PostgresStatements.Command(
                Advance, moved.Keys.ToArray(), moved.Values.Select(static end => end.Epoch).ToArray(),
                moved.Values.Select(static end => end.Version).ToArray(), moved.Values.Select(static end => end.Hash).ToArray());
    }

    private string[] Text(Func<JournalEntry, string> field) => [.. entries.Select(entry => PostgresStatements.Storable(field(entry)))];

    private long[] Number(Func<JournalEntry, long> field) => [.. entries.Select(field)];

    /// <summary>PostgreSQL keeps no NUL, and the hash is over the text as it was: such an entry is refused, alone.</summary>
    private static void RefuseNul(JournalEntry entry)
    {
        foreach (var text in (ReadOnlySpan<string>)[entry.Stream, entry.Actor.Agency.Value, entry.Actor.Name, entry.Command, entry.Type, entry.Data])
            if (text.Contains('\0', StringComparison.Ordinal))
                throw new ArgumentException($"An entry of {entry.Stream} has a NUL, which cannot be kept.", nameof(entry));
    }

    private void Forget()
    {
        held.Clear();
        moved.Clear();
        entries.Clear();
    }

    private void Run(params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        using var batch = Batch(commands);
        batch.ExecuteNonQuery();
    }

    private NpgsqlBatch Batch(params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = connection.CreateBatch();
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        return batch;
    }
}
