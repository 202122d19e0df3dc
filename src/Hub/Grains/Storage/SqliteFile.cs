using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.Storage;

/// <summary>How a database file is opened, and what is asked of any.</summary>
internal static class SqliteFile
{
    /// <summary>Opens the file to write, makes it if it is not there, and brings it to this version's schema.</summary>
    /// <param name="file">Its path; the directory is made.</param>
    /// <param name="synchronous">SQLite's word for when a commit is flushed to the disk.</param>
    /// <param name="migrate">Makes the schema.</param>
    /// <remarks>
    /// 16 MB of cache hold the ends of all open streams, so that a write reads nothing. <see cref="Checkpoints"/> carries the log
    /// over; after 16 MB a commit carries the little that is left and begins the log anew, which only the writer can.
    /// </remarks>
    public static SqliteConnection OpenToWrite(string file, string synchronous, Action<SqliteConnection> migrate)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory)
            System.IO.Directory.CreateDirectory(directory);
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Run(connection, $"pragma journal_mode=wal; pragma synchronous={synchronous}; pragma busy_timeout=2000; pragma cache_size=-16000; pragma wal_autocheckpoint=4000;");
            migrate(connection);
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

    /// <summary>The schema version of a file, kept in its user_version; 0 for an empty one.</summary>
    public static long VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        return (long)command.ExecuteScalar()!;
    }

    /// <exception cref="InvalidDataException">A newer version wrote it.</exception>
    public static void RefuseNewer(string file, long version, int known)
    {
        if (version > known)
            throw new InvalidDataException(
                $"{file} was written by a newer version (schema {version}; this one knows {known}). Start the newer version, or give another data directory.");
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
}
