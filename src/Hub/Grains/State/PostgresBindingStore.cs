using System.Text.Json;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Registrations;
using Interop.Hub.Grains.Storage;
using Npgsql;

namespace Interop.Hub.Grains.State;

/// <summary>Registrations in PostgreSQL.</summary>
internal sealed class PostgresBindingStore(NpgsqlDataSource database) : IBindingStore
{
    public Task Save(string user, IReadOnlyList<Binding> bindings, CancellationToken cancel) => bindings.Count > 0
        ? database.Run(
            "insert into bindings values ($1, $2) on conflict (phone) do update set state = excluded.state",
            cancel,
            PostgresStatements.Storable(user),
            PostgresStatements.Storable(JsonSerializer.Serialize(bindings)))
        : database.Run("delete from bindings where phone = $1", cancel, PostgresStatements.Storable(user));

    public async Task<IReadOnlyList<Binding>> Find(string user, CancellationToken cancel) =>
        (await database.Select("select state from bindings where phone = $1", static row => (IReadOnlyList<Binding>)Bindings(row.GetString(0)), cancel, PostgresStatements.Storable(user)))
            .SingleOrDefault([]);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Binding>>> List(CancellationToken cancel) =>
        (await database.Select("select phone, state from bindings", static row => (Phone: row.GetString(0), Bindings: (IReadOnlyList<Binding>)Bindings(row.GetString(1))), cancel))
            .ToDictionary(static row => row.Phone, static row => row.Bindings, StringComparer.Ordinal);

    private static List<Binding> Bindings(string state) => JsonSerializer.Deserialize<List<Binding>>(state) ?? [];
}
