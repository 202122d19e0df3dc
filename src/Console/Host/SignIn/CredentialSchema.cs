using Interop.Console.Host.Settings;
using Interop.Hub.Grains.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Interop.Console.Host.SignIn;

/// <summary>Brings the credentials' database to the form that this program expects.</summary>
/// <remarks>
/// The version of identity.db is the file's <c>user_version</c>; in PostgreSQL it is that of the part "identity". Tables and version are written in one transaction, so a kill in between leaves an empty file and not half a schema.
/// A later version adds its step to <see cref="Steps"/>: step n leads from version n to n + 1.
/// </remarks>
internal static class CredentialSchema
{
    private static readonly Func<CredentialDb, string>[] Steps = [static db => db.Database.GenerateCreateScript()];

    public static async Task Bring(CredentialDb db, CancellationToken cancel)
    {
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await postgres.OpenAsync(cancel);
            PostgresSchema.Bring(postgres, "identity", [.. Steps.Select(step => new Func<string>(() => step(db)))]);
            return;
        }

        await db.Database.OpenConnectionAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", cancel);
        var version = await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").SingleAsync(cancel);
        if (version > Steps.Length)
            throw new StartRefusedException("The data is newer than this program.",
                [$"identity.db has version {version}, and this program knows up to {Steps.Length}: run the newer program, or restore a backup."]);
        for (; version < Steps.Length; version++)
        {
            await using var step = await db.Database.BeginTransactionAsync(cancel);
            // The scripts are ours, so braces in them are text and not places for parameters.
            var script = $"{Steps[version](db)}\nPRAGMA user_version = {version + 1};".Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
            await db.Database.ExecuteSqlRawAsync(script, cancel);
            await step.CommitAsync(cancel);
        }
    }
}
