using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Storage;
using Microsoft.Extensions.Options;

namespace Interop.Hub.Grains.State;

/// <summary>Chat marks in the state file.</summary>
internal sealed class SqliteChatMarks(GroupCommit<SqliteStateSession> writer, IOptions<JournalOptions> options) : IChatMarks
{
    public Task<ChatMark> Begin(RoomCode room, LegId leg, DateTimeOffset since, CancellationToken cancel) => writer.Write(
        session =>
        {
            var (ticks, line) = session.BeginChat(room.Value, leg.Value, since.UtcTicks);
            return new ChatMark(new DateTimeOffset(ticks, TimeSpan.Zero), line);
        },
        cancel);

    public Task<ChatMark?> Find(RoomCode room, LegId leg, CancellationToken cancel) => Task.Run<ChatMark?>(
        () =>
        {
            using var connection = SqliteFile.OpenToRead(options.Value.StateFile);
            using var command = connection.CreateCommand();
            command.CommandText = "select since, line from chat_marks where room = $1 and leg = $2";
            command.Parameters.AddWithValue("$1", room.Value);
            command.Parameters.AddWithValue("$2", leg.Value);
            using var row = command.ExecuteReader();
            return row.Read() ? new ChatMark(new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), row.GetInt64(1)) : null;
        },
        cancel);

    public Task Advance(RoomCode room, LegId leg, long line, CancellationToken cancel) => writer.Write(
        session =>
        {
            session.AdvanceChat(room.Value, leg.Value, line);
            return true;
        },
        cancel);

    public Task Forget(RoomCode room, LegId leg, CancellationToken cancel) => writer.Write(
        session =>
        {
            session.ForgetChat(room.Value, leg.Value);
            return true;
        },
        cancel);
}
