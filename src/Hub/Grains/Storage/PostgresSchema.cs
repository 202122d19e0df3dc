using System.Globalization;
using Npgsql;

namespace Interop.Hub.Grains.Storage;

/// <summary>Brings a part of the database to the form that this program expects: once, however many nodes start at once.</summary>
/// <remarks>Each part has its version in <c>interop_schema</c>. A step and its version are one transaction, under a lock that the others wait for.</remarks>
public static class PostgresSchema
{
    /// <summary>"interop" in ASCII, so that nobody else's lock is this one.</summary>
    private const long Lock = 0x696E7465726F70;

    private const int LongestMigrationSeconds = 120;

    /// <param name="connection">An open connection outside of a transaction.</param>
    /// <param name="part">Which part.</param>
    /// <param name="steps">Step n leads from version n to n + 1.</param>
    /// <exception cref="InvalidDataException">A newer version has been here.</exception>
    public static void Bring(NpgsqlConnection connection, string part, params IReadOnlyList<Func<string>> steps)
    {
        if (VersionOf(connection, part) == steps.Count)
            return;
        using var transaction = connection.BeginTransaction();
        Run(connection, $"set local statement_timeout = 0; set local lock_timeout = 0; select pg_advisory_xact_lock({Lock})");
        Run(connection, "create table if not exists interop_schema (part text primary key, version integer not null)");
        var version = VersionOf(connection, part);
        if (version > steps.Count)
            throw new InvalidDataException(
                $"The database was written by a newer version ({part} has schema {version}; this one knows {steps.Count}). Start the newer version, or restore a backup of before.");
        for (; version < steps.Count; version++)
            Run(connection, steps[version]());
        Run(connection, $"insert into interop_schema values ('{part}', {version}) on conflict (part) do update set version = excluded.version");
        transaction.Commit();
    }

    /// <summary>The version of a part; 0 where there is none.</summary>
    internal static int VersionOf(NpgsqlConnection connection, string part)
    {
        using var known = connection.CreateCommand();
        known.CommandText = "select to_regclass('interop_schema') is not null";
        if (!(bool)known.ExecuteScalar()!)
            return 0;
        using var command = connection.CreateCommand();
        command.CommandText = "select version from interop_schema where part = $1";
        command.Parameters.Add(new NpgsqlParameter { Value = part });
        return Convert.ToInt32(command.ExecuteScalar() ?? 0, CultureInfo.InvariantCulture);
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = LongestMigrationSeconds;
        command.ExecuteNonQuery();
    }
}
