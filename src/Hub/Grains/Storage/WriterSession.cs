using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.Storage;

/// <summary>A writer's connection and its prepared statements; only the writer touches it.</summary>
internal abstract class WriterSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, commit, rollback, save, release, undo;

    protected WriterSession(SqliteConnection connection)
    {
        this.connection = connection;
        begin = Prepare("begin immediate");
        commit = Prepare("commit");
        rollback = Prepare("rollback");
        save = Prepare("savepoint one");
        release = Prepare("release one");
        undo = Prepare("rollback to one; release one");
    }

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    public void Rollback() => rollback.ExecuteNonQuery();

    /// <summary>Does one write so that its failure undoes it alone.</summary>
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
