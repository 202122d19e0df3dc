using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.Options;

namespace Interop.Hub.Grains.Journal;

/// <summary>Dialogs beside the journal: a save shares the journal's commits, and returns when it is on the disk.</summary>
internal sealed class SqliteDialogStore(GroupCommit writer, IOptions<JournalOptions> options) : IDialogStore
{
    public Task Save(StoredDialog dialog, CancellationToken cancel) => writer.Write(
        session =>
        {
            session.SaveDialog(dialog.Room.Value, dialog.Leg.Value, dialog.State);
            return true;
        },
        cancel);

    public Task<StoredDialog?> Find(RoomCode room, LegId leg, CancellationToken cancel) => Task.Run(
        () =>
        {
            using var connection = JournalFile.OpenToRead(options.Value.File);
            using var command = connection.CreateCommand();
            command.CommandText = "select state from dialogs where room = $1 and leg = $2";
            command.Parameters.AddWithValue("$1", room.Value);
            command.Parameters.AddWithValue("$2", leg.Value);
            return command.ExecuteScalar() is string state ? new StoredDialog(room, leg, state) : null;
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
