using Interop.Hub.Grains.Storage;
using Npgsql;

namespace Interop.Console.Host.Settings;

/// <summary>The PostgreSQL of a cluster, when a node starts.</summary>
internal static class SharedDatabase
{
    /// <summary>Brings the hub's tables up to date before anything asks for one; does nothing for a node alone.</summary>
    /// <exception cref="StartRefusedException">There is no way to it, or a newer version wrote it.</exception>
    public static async Task PrepareDatabase(this WebApplication app, CancellationToken cancel)
    {
        if (app.Services.GetService<NpgsqlDataSource>() is not { } database)
            return;
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancel);
            HubTables.Bring(connection);
        }
        catch (Exception refused) when (refused is NpgsqlException or InvalidDataException or TimeoutException)
        {
            throw new StartRefusedException("The node cannot start:", [$"{DataOptions.PostgresSetting}: {Reason(refused)}"]);
        }
    }

    private static string Reason(Exception refused) =>
        refused.InnerException is { } inner && refused is not PostgresException ? $"{refused.Message} ({inner.Message})" : refused.Message;
}
