using System.Data.Common;
using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Interop.Hub.Grains.Journal;

/// <summary>The record as a verifier meets it, wherever it is kept: to read only, and as it was at one moment.</summary>
internal abstract class RecordToRead
{
    /// <summary>What it is, in a sentence.</summary>
    public abstract string Kind { get; }

    public static RecordToRead Of(JournalOptions options) => options.Postgres is { } postgres ? new InPostgres(postgres) : new InFile(options.File);

    /// <summary>Opens it; a hub that runs meanwhile may write, and nothing of that is seen.</summary>
    /// <param name="isNewer">Whether a newer version wrote it, so that it must not be read.</param>
    /// <exception cref="IOException">It is not there, or there is no way to it.</exception>
    public abstract DbConnection Open(out bool isNewer);

    /// <summary>A query with its values at $1, $2.</summary>
    public abstract DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<string?> values);

    private static DbCommand Fill(DbConnection connection, string sql, ReadOnlySpan<string?> values, Func<int, object, DbParameter> parameter)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.Add(parameter(index + 1, (object?)values[index] ?? DBNull.Value));
        return command;
    }

    private sealed class InFile(string file) : RecordToRead
    {
        public override string Kind => "file";

        public override DbConnection Open(out bool isNewer)
        {
            if (!File.Exists(file))
                throw new FileNotFoundException($"There is no journal at {file}.", file);
            var connection = SqliteFile.OpenToRead(file);
            SqliteFile.Run(connection, "begin");
            isNewer = SqliteFile.VersionOf(connection) > JournalFile.SchemaVersion;
            return connection;
        }

        public override DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<string?> values) =>
            Fill(connection, sql, values, static (number, value) => new SqliteParameter($"${number}", value));
    }

    private sealed class InPostgres(PostgresConnection postgres) : RecordToRead
    {
        public override string Kind => "database";

        public override DbConnection Open(out bool isNewer)
        {
            var connection = Connect();
            var version = PostgresSchema.VersionOf(connection, HubTables.Part);
            if (version == 0)
            {
                connection.Dispose();
                throw new FileNotFoundException($"There is no journal in {postgres}.");
            }

            isNewer = version > HubTables.SchemaVersion;
            using var begin = connection.CreateCommand();
            begin.CommandText = "begin isolation level repeatable read read only";
            begin.ExecuteNonQuery();
            return connection;
        }

        public override DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<string?> values)
        {
            var command = Fill(connection, sql, values, static (_, value) => new NpgsqlParameter { Value = value });
            // A long record takes as long as it takes.
            command.CommandTimeout = 0;
            return command;
        }

        private NpgsqlConnection Connect()
        {
            var connection = postgres.ConnectOnce();
            try
            {
                connection.Open();
                return connection;
            }
            catch (NpgsqlException exception)
            {
                connection.Dispose();
                throw new IOException($"{postgres} cannot be reached: {exception.Message}", exception);
            }
        }
    }
}
