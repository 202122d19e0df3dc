using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.Journal;

/// <summary>The journal's database: its schema, and how it is opened.</summary>
internal static class JournalFile
{
    /// <summary>The schema that this version writes; kept in the file's user_version.</summary>
    public const int SchemaVersion = 2;

    private const string First = """
        create table entries (
          stream text not null, version integer not null, epoch integer not null, time text not null,
          actor_kind text not null, actor_agency text not null, actor_name text not null, actor_role text not null,
          command text not null, type text not null, data text not null,
          previous_hash text not null, hash text not null,
          primary key (stream, version)) strict, without rowid;
        create table epochs (
          stream text primary key, epoch integer not null, version integer not null, hash text not null) strict, without rowid;
        create table dialogs (
          room text not null, leg text not null, state text not null, primary key (room, leg)) strict, without rowid;
        create trigger entries_are_not_changed before update on entries
          begin select raise(abort, 'the journal is append-only'); end;
        create trigger entries_are_not_removed before delete on entries
          begin select raise(abort, 'the journal is append-only'); end;
        """;

    /// <summary>Dialogs are found by their Call-ID, those of the first version too, whose JSON names it.</summary>
    private const string Second = """
        alter table dialogs add column call_id text;
        update dialogs set call_id = json_extract(state, '$.CallId') where json_valid(state);
        create index dialogs_by_call on dialogs (call_id);
        """;

    /// <summary>What stands beside the journal and came after its first schema: an older version does not miss it.</summary>
    private const string Beside = """
        create table if not exists bindings (phone text primary key, state text not null) strict, without rowid;
        create table if not exists chat_marks (
          room text not null, leg text not null, since integer not null, line integer not null,
          primary key (room, leg)) strict, without rowid;
        """;

    /// <summary>Opens the file to write, and makes it first if it is not there.</summary>
    /// <remarks>
    /// WAL with synchronous=FULL: a commit that returned is on the disk (the faster settings can lose one). 16 MB of cache hold
    /// the ends of all open streams, so that a write reads nothing. <see cref="Checkpoints"/> carries the log over; after 16 MB a
    /// commit carries the little that is left and begins the log anew, which only the writer can.
    /// </remarks>
    public static SqliteConnection OpenToWrite(string file)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory)
            System.IO.Directory.CreateDirectory(directory);
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Run(connection, "pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=2000; pragma cache_size=-16000; pragma wal_autocheckpoint=4000;");
            Migrate(connection, file);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file to read only, as the verifier does.</summary>
    public static SqliteConnection OpenToRead(string file) => Open(file, SqliteOpenMode.ReadOnly);

    /// <summary>Opens the file beside its writer.</summary>
    public static SqliteConnection OpenBeside(string file) => Open(file, SqliteOpenMode.ReadWrite);

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The schema version of a file; 0 for an empty one.</summary>
    public static long VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 2,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static void Migrate(SqliteConnection connection, string file)
    {
        // Two processes may start on a new file at once; the second one waits here and finds the schema made.
        Run(connection, "begin immediate");
        var version = VersionOf(connection);
        if (version > SchemaVersion)
            throw new InvalidDataException(
                $"{file} was written by a newer version (schema {version}; this one knows {SchemaVersion}). Start the newer version, or give another data directory.");
        if (version < 1)
            Run(connection, First);
        if (version < SchemaVersion)
            Run(connection, Second + $"pragma user_version={SchemaVersion};");
        Run(connection, Beside);
        Run(connection, "commit");
    }
}
