using System.Globalization;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.Journal;

/// <summary>The writer's connection and its prepared statements; only the writer touches it.</summary>
internal sealed class JournalSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, commit, rollback, save, release, undo;
    private readonly SqliteCommand head, insert, advance, raise, saveDialog, forgetDialog, beginChat, advanceChat, forgetChat;
    private readonly SqliteCommand saveBindings, forgetBindings;

    public JournalSession(string file)
    {
        connection = JournalFile.OpenToWrite(file);
        begin = Prepare("begin immediate");
        commit = Prepare("commit");
        rollback = Prepare("rollback");
        save = Prepare("savepoint one");
        release = Prepare("release one");
        undo = Prepare("rollback to one; release one");
        head = Prepare("select epoch, version, hash from epochs where stream = $1", 1);
        insert = Prepare("insert into entries values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", 13);
        advance = Prepare("update epochs set version = $2, hash = $3 where stream = $1", 3);
        raise = Prepare(
            "insert into epochs values ($1, 1, 0, $2) on conflict (stream) do update set epoch = epoch + 1 returning epoch", 2);
        saveDialog = Prepare("insert or replace into dialogs (room, leg, state, call_id) values ($1, $2, $3, $4)", 4);
        forgetDialog = Prepare("delete from dialogs where room = $1 and leg = $2", 2);
        beginChat = Prepare(
            "insert into chat_marks values ($1, $2, $3, 0) on conflict (room, leg) do update set line = line returning since, line", 3);
        advanceChat = Prepare("update chat_marks set line = max(line, $3) where room = $1 and leg = $2", 3);
        forgetChat = Prepare("delete from chat_marks where room = $1 and leg = $2", 2);
        saveBindings = Prepare("insert or replace into bindings values ($1, $2)", 2);
        forgetBindings = Prepare("delete from bindings where phone = $1", 1);
    }

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    public void Rollback() => rollback.ExecuteNonQuery();

    /// <summary>Does one write so that its failure undoes it alone.</summary>
    public void Alone(PendingWrite write)
    {
        save.ExecuteNonQuery();
        try
        {
            write.Apply(this);
            release.ExecuteNonQuery();
        }
        catch
        {
            undo.ExecuteNonQuery();
            throw;
        }
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

    public void SaveDialog(string room, string leg, string state, string? callId) =>
        With(saveDialog, room, leg, state, (object?)callId ?? DBNull.Value).ExecuteNonQuery();

    public void ForgetDialog(string room, string leg) => With(forgetDialog, room, leg).ExecuteNonQuery();

    /// <summary>The leg's mark, made if there is none.</summary>
    public (long Since, long Line) BeginChat(string room, string leg, long since)
    {
        using var row = With(beginChat, room, leg, since).ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    public void AdvanceChat(string room, string leg, long line) => With(advanceChat, room, leg, line).ExecuteNonQuery();

    public void ForgetChat(string room, string leg) => With(forgetChat, room, leg).ExecuteNonQuery();

    public void SaveBindings(string phone, string state) => With(saveBindings, phone, state).ExecuteNonQuery();

    public void ForgetBindings(string phone) => With(forgetBindings, phone).ExecuteNonQuery();

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

    public void Dispose() => connection.Dispose();

    private (long Epoch, long Version, string Hash) Head(string stream)
    {
        using var row = With(head, stream).ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1), row.GetString(2)) : (0, 0, EntryHash.None);
    }

    private SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var number = 1; number <= parameters; number++)
            command.Parameters.Add(new SqliteParameter($"${number}", null));
        return command;
    }

    private static SqliteCommand With(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        return command;
    }
}
