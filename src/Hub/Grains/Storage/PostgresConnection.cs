using Npgsql;

namespace Interop.Hub.Grains.Storage;

/// <summary>Where the PostgreSQL of a cluster is, and how it is entered: a secret that shows itself to nobody.</summary>
public sealed class PostgresConnection
{
    /// <summary>What holds unless the operator's own text says otherwise: a dead server is known as dead within seconds, and the pool is bounded.</summary>
    private const string Defaults = "Timeout=3;Command Timeout=4;Cancellation Timeout=500;Keepalive=10;Maximum Pool Size=10;Max Auto Prepare=40;Auto Prepare Min Usages=2;Application Name=interop;";

    private readonly NpgsqlConnectionStringBuilder builder;

    private PostgresConnection(NpgsqlConnectionStringBuilder builder) => this.builder = builder;

    /// <summary>Reads a connection string of Npgsql; null with what is wrong, in words that repeat nothing of it.</summary>
    public static PostgresConnection? TryParse(string text, out string? error)
    {
        error = null;
        try
        {
            var read = new NpgsqlConnectionStringBuilder(Defaults + text) { PersistSecurityInfo = false };
            if (string.IsNullOrEmpty(read.Host))
                error = "it names no Host.";
            else if (string.IsNullOrEmpty(read.Database))
                error = "it names no Database.";
            return error is null ? new PostgresConnection(read) : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            error = "it cannot be read as a connection string.";
            return null;
        }
    }

    /// <summary>Opens the pool; who opened it disposes of it.</summary>
    public NpgsqlDataSource Open() => NpgsqlDataSource.Create(builder);

    /// <summary>A connection of its own, outside of any pool; not open yet.</summary>
    public NpgsqlConnection ConnectOnce() => new(new NpgsqlConnectionStringBuilder(builder.ConnectionString) { Pooling = false }.ConnectionString);

    /// <summary>Where it is, without how it is entered.</summary>
    public override string ToString() => $"{builder.Database} at {builder.Host}:{builder.Port}";
}
