using System.Text.Json;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Registrations;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Interop.Hub.Grains.State;

/// <summary>Registrations in the state file: a saved one outlives this process.</summary>
internal sealed class SqliteBindingStore(GroupCommit<SqliteStateSession> writer, IOptions<JournalOptions> options) : IBindingStore
{
    public Task Save(string user, IReadOnlyList<Binding> bindings, CancellationToken cancel)
    {
        var state = JsonSerializer.Serialize(bindings);
        return writer.Write(
            session =>
            {
                if (bindings.Count > 0)
                    session.SaveBindings(user, state);
                else
                    session.ForgetBindings(user);
                return true;
            },
            cancel);
    }

    public async Task<IReadOnlyList<Binding>> Find(string user, CancellationToken cancel) =>
        (await Read("select phone, state from bindings where phone = $1", user, cancel)).GetValueOrDefault(user, []);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Binding>>> List(CancellationToken cancel) =>
        await Read("select phone, state from bindings", null, cancel);

    private Task<Dictionary<string, IReadOnlyList<Binding>>> Read(string sql, string? user, CancellationToken cancel) => Task.Run(
        () =>
        {
            var found = new Dictionary<string, IReadOnlyList<Binding>>(StringComparer.Ordinal);
            using var connection = SqliteFile.OpenToRead(options.Value.StateFile);
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            if (user is not null)
                command.Parameters.AddWithValue("$1", user);
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
                found[row.GetString(0)] = JsonSerializer.Deserialize<List<Binding>>(row.GetString(1)) ?? [];
            return found;
        },
        cancel);
}
