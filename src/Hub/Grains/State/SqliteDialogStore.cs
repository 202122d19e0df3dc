using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Storage;
using Microsoft.Extensions.Options;

namespace Interop.Hub.Grains.State;

/// <summary>Dialogs in the state file: a saved one outlives this process.</summary>
internal sealed class SqliteDialogStore(GroupCommit<SqliteStateSession> writer, IOptions<JournalOptions> options) : IDialogStore
{
    /// <summary>Dialogs that may share a Call-ID: forks of one call, or one that somebody made up.</summary>
    public const int MostOfOneCall = 16;

    public Task Save(StoredDialog dialog, CancellationToken cancel) => writer.Write(
        session =>
        {
            session.SaveDialog(dialog.Room.Value, dialog.Leg.Value, dialog.State, dialog.CallId);
            return true;
        },
        cancel);

    public Task<StoredDialog?> Find(RoomCode room, LegId leg, CancellationToken cancel) => Task.Run(
        () =>
        {
            using var connection = SqliteFile.OpenToRead(options.Value.StateFile);
            using var command = connection.CreateCommand();
            command.CommandText = "select state, call_id from dialogs where room = $1 and leg = $2";
            command.Parameters.AddWithValue("$1", room.Value);
            command.Parameters.AddWithValue("$2", leg.Value);
            using var row = command.ExecuteReader();
            return row.Read() ? new StoredDialog(room, leg, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)) : null;
        },
        cancel);

    public Task<IReadOnlyList<StoredDialog>> FindByCall(string callId, CancellationToken cancel) => Task.Run<IReadOnlyList<StoredDialog>>(
        () =>
        {
            using var connection = SqliteFile.OpenToRead(options.Value.StateFile);
            using var command = connection.CreateCommand();
            command.CommandText = "select room, leg, state from dialogs where call_id = $1 limit $2";
            command.Parameters.AddWithValue("$1", callId);
            command.Parameters.AddWithValue("$2", MostOfOneCall);
            using var row = command.ExecuteReader();
            var found = new List<StoredDialog>();
            while (row.Read())
                found.Add(new StoredDialog(new RoomCode(row.GetString(0)), new LegId(row.GetString(1)), row.GetString(2), callId));
            return found;
        },
        cancel);

    public Task Forget(RoomCode room, LegId leg, CancellationToken cancel) => writer.Write(
        session =>
        {
            session.ForgetDialog(room.Value, leg.Value);
            return true;
        },
        cancel);
}
