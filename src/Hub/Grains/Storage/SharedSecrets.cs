using Npgsql;

namespace Interop.Hub.Grains.Storage;

/// <summary>What all nodes of a cluster must have in common and nobody else may know, by name: kept in PostgreSQL.</summary>
public sealed class SharedSecrets(NpgsqlDataSource database)
{
    public string? Find(string name)
    {
        using var command = database.CreateCommand("select value from secrets where name = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        return (string?)command.ExecuteScalar();
    }

    /// <summary>Keeps a value, unless another node was first; gives the one that is kept.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">What to keep.</param>
    /// <param name="instead">A value of before that is of no use, and is replaced.</param>
    public string Keep(string name, string value, string? instead = null)
    {
        using var command = database.CreateCommand(
            "insert into secrets values ($1, $2) on conflict (name) do update set value = excluded.value where secrets.value = $3");
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)instead ?? DBNull.Value });
        command.ExecuteNonQuery();
        return Find(name)!;
    }

    /// <summary>The values whose names begin so.</summary>
    public IReadOnlyList<string> List(string prefix)
    {
        using var command = database.CreateCommand("select value from secrets where starts_with(name, $1) order by name");
        command.Parameters.Add(new NpgsqlParameter { Value = prefix });
        using var rows = command.ExecuteReader();
        var values = new List<string>();
        while (rows.Read())
            values.Add(rows.GetString(0));
        return values;
    }
}
