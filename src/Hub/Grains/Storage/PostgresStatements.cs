using System.Data.Common;
using System.Text;
using Npgsql;

namespace Interop.Hub.Grains.Storage;

/// <summary>Statements on connections of the pool, each its own transaction.</summary>
internal static class PostgresStatements
{
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Bind(command.Parameters, values);
        return command;
    }

    public static Task Run(this NpgsqlDataSource database, string sql, CancellationToken cancel, params object?[] values) => Task.Run(
        async () =>
        {
            await using var command = database.CreateCommand(sql);
            Bind(command.Parameters, values);
            await command.ExecuteNonQueryAsync(cancel);
        },
        cancel);

    /// <summary>Off the grain's own thread, to which each row would otherwise return.</summary>
    public static Task<IReadOnlyList<T>> Select<T>(
        this NpgsqlDataSource database, string sql, Func<DbDataReader, T> read, CancellationToken cancel, params object?[] values) => Task.Run<IReadOnlyList<T>>(
        async () =>
        {
            await using var command = database.CreateCommand(sql);
            Bind(command.Parameters, values);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            var all = new List<T>();
            while (await rows.ReadAsync(cancel))
                all.Add(read(rows));
            return all;
        },
        cancel);

    /// <summary>A text as PostgreSQL takes it: valid UTF-8 without NUL. What has no meaning there becomes U+FFFD, as SQLite has it.</summary>
    public static string Storable(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || text.Contains('\0', StringComparison.Ordinal)
        ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD')
        : text;

    private static void Bind(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
            parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    }
}
