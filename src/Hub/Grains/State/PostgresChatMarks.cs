using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Grains.Storage;
using Npgsql;

namespace Interop.Hub.Grains.State;

/// <summary>Chat marks in PostgreSQL.</summary>
internal sealed class PostgresChatMarks(NpgsqlDataSource database) : IChatMarks
{
    public async Task<ChatMark> Begin(RoomCode room, LegId leg, DateTimeOffset since, CancellationToken cancel) =>
        (await database.Select(
            """
            insert into chat_marks values ($1, $2, $3, 0)
            on conflict (room, leg) do update set line = chat_marks.line returning since, line
            """,
            static row => new ChatMark(new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), row.GetInt64(1)),
            cancel,
            room.Value,
            leg.Value,
            since.UtcTicks)).Single();

    public async Task<ChatMark?> Find(RoomCode room, LegId leg, CancellationToken cancel) =>
        (await database.Select(
            "select since, line from chat_marks where room = $1 and leg = $2",
            static row => (ChatMark?)new ChatMark(new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), row.GetInt64(1)),
            cancel,
            room.Value,
            leg.Value)).SingleOrDefault();

    public Task Advance(RoomCode room, LegId leg, long line, CancellationToken cancel) =>
        database.Run("update chat_marks set line = greatest(line, $3) where room = $1 and leg = $2", cancel, room.Value, leg.Value, line);

    public Task Forget(RoomCode room, LegId leg, CancellationToken cancel) =>
        database.Run("delete from chat_marks where room = $1 and leg = $2", cancel, room.Value, leg.Value);
}
