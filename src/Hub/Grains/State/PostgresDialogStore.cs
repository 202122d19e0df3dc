using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Grains.Storage;
using Npgsql;

namespace Interop.Hub.Grains.State;

/// <summary>Dialogs in PostgreSQL: one node's calls are there for the node that takes them over.</summary>
internal sealed class PostgresDialogStore(NpgsqlDataSource database) : IDialogStore
{
    public Task Save(StoredDialog dialog, CancellationToken cancel) => database.Run(
        """
        insert into dialogs (room, leg, state, call_id) values ($1, $2, $3, $4)
        on conflict (room, leg) do update set state = excluded.state, call_id = excluded.call_id
        """,
        cancel,
        dialog.Room.Value,
        dialog.Leg.Value,
        PostgresStatements.Storable(dialog.State),
        dialog.CallId is null ? null : PostgresStatements.Storable(dialog.CallId));

    public async Task<StoredDialog?> Find(RoomCode room, LegId leg, CancellationToken cancel) =>
        (await database.Select(
            "select state, call_id from dialogs where room = $1 and leg = $2",
            row => new StoredDialog(room, leg, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)),
            cancel,
            PostgresStatements.Storable(room.Value),
            leg.Value)).SingleOrDefault();

    public Task<IReadOnlyList<StoredDialog>> FindByCall(string callId, CancellationToken cancel) => database.Select(
        "select room, leg, state from dialogs where call_id = $1 limit $2",
        row => new StoredDialog(new RoomCode(row.GetString(0)), new LegId(row.GetString(1)), row.GetString(2), callId),
        cancel,
        PostgresStatements.Storable(callId),
        SqliteDialogStore.MostOfOneCall);

    public Task Forget(RoomCode room, LegId leg, CancellationToken cancel) =>
        database.Run("delete from dialogs where room = $1 and leg = $2", cancel, room.Value, leg.Value);
}
