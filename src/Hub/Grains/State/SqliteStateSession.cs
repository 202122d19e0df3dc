using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.State;

/// <summary>The writer's statements on the state file.</summary>
internal sealed class SqliteStateSession : SqliteSession
{
    private readonly SqliteCommand saveDialog, forgetDialog, beginChat, advanceChat, forgetChat, saveBindings, forgetBindings;

    public SqliteStateSession(string file, string journal) : base(StateFile.OpenToWrite(file, journal))
    {
        saveDialog = Prepare("insert or replace into dialogs (room, leg, state, call_id) values ($1, $2, $3, $4)", 4);
        forgetDialog = Prepare("delete from dialogs where room = $1 and leg = $2", 2);
        beginChat = Prepare(
            "insert into chat_marks values ($1, $2, $3, 0) on conflict (room, leg) do update set line = line returning since, line", 3);
        advanceChat = Prepare("update chat_marks set line = max(line, $3) where room = $1 and leg = $2", 3);
        forgetChat = Prepare("delete from chat_marks where room = $1 and leg = $2", 2);
        saveBindings = Prepare("insert or replace into bindings values ($1, $2)", 2);
        forgetBindings = Prepare("delete from bindings where phone = $1", 1);
    }

    public void SaveDialog(string room, string leg, string state, string? callId) =>
        With(saveDialog, room, leg, state, (object?)callId ?? DBNull.Value).ExecuteNonQuery();

    public void ForgetDialog(string room, string leg) => With(forgetDialog, room, leg).ExecuteNonQuery();

    /// <summary>The leg's mark, made if there is none.</summary>
    public (long Since, long Line) BeginChat(string room, string leg, long since)
    {
        using var row = With(beginChat, room, leg, since).ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    public void AdvanceChat(string room, string leg, long line) => With(advanceChat, room, leg, line).ExecuteNonQuery();

    public void ForgetChat(string room, string leg) => With(forgetChat, room, leg).ExecuteNonQuery();

    public void SaveBindings(string phone, string state) => With(saveBindings, phone, state).ExecuteNonQuery();

    public void ForgetBindings(string phone) => With(forgetBindings, phone).ExecuteNonQuery();
}
