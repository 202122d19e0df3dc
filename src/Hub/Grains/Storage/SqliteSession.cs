using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.Storage;

/// <summary>A writer's connection to a file and its prepared statements.</summary>
internal abstract class SqliteSession : IWriterSession
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, commit, rollback, save, release, undo;

    protected SqliteSession(SqliteConnection connection)
    {
        this.connection = connection;
        begin = Prepare("begin immediate");
        commit = Prepare("commit");
        rollback = Prepare("rollback");
        save = Prepare("savepoint one");
        release = Prepare("release one");
        undo = Prepare("rollback to one; release one");
    }

    /// <summary>SQLite has one writer for the whole file, so it is no matter what the writes are about.</summary>
    public void Begin(IReadOnlyCollection<string> about) => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    public void Rollback() => rollback.ExecuteNonQuery();

    public void Alone(Action write)
    {
        save.ExecuteNonQuery();
        try
        {
            write();
            release.ExecuteNonQuery();
        }
        catch
        {
            undo.ExecuteNonQuery();
            throw;
        }
    }

    public void Dispose() => connection.Dispose();

    protected SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var number = 1; number <= parameters; number++)
            command.Parameters.Add(new SqliteParameter($"${number}", null));
        return command;
    }

    protected static SqliteCommand With(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        return command;
    }
}
