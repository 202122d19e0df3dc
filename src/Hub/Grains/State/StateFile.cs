using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.State;

/// <summary>The database of what is state and no record: dialogs, registrations, how far the chat of each phone got.</summary>
internal static class StateFile
{
    /// <summary>The schema that this version writes.</summary>
    public const int SchemaVersion = 1;

    private const string First = """
        create table dialogs (
          room text not null, leg text not null, state text not null, call_id text, primary key (room, leg)) strict, without rowid;
        create index dialogs_by_call on dialogs (call_id);
        create table bindings (phone text primary key, state text not null) strict, without rowid;
        create table chat_marks (
          room text not null, leg text not null, since integer not null, line integer not null,
          primary key (room, leg)) strict, without rowid;
        """;

    /// <summary>What each of the tables takes over from a journal of schema 1 or 2. The JSON of a dialog names its Call-ID, whichever it was.</summary>
    private static readonly (string Table, string Take)[] s_older =
    [
        ("dialogs", """
            insert into dialogs select room, leg, state, case when json_valid(state) then json_extract(state, '$.CallId') end
            from journal.dialogs
            """),
        ("bindings", "insert into bindings select phone, state from journal.bindings"),
        ("chat_marks", "insert into chat_marks select room, leg, since, line from journal.chat_marks"),
    ];

    /// <summary>Opens the file to write; makes it first if it is not there, and takes over what older versions kept in the journal.</summary>
    /// <remarks>
    /// WAL with synchronous=NORMAL: what was committed outlives this process, however it ends, and no call waits for the disk. A
    /// loss of power can take the last seconds, and then a leg is dialled again where an in-dialog re-INVITE would have done.
    /// </remarks>
    public static SqliteConnection OpenToWrite(string file, string journal) => SqliteFile.OpenToWrite(file, "normal", connection =>
    {
        var takes = File.Exists(journal) && SqliteFile.VersionOf(connection) == 0;
        if (takes)
            Attach(connection, journal);
        SqliteFile.Run(connection, "begin immediate");
        var version = SqliteFile.VersionOf(connection);
        SqliteFile.RefuseNewer(file, version, SchemaVersion);
        if (version < 1)
            SqliteFile.Run(connection, First);
        foreach (var (_, take) in version < 1 && takes ? Older(connection) : [])
            SqliteFile.Run(connection, take);
        if (version < SchemaVersion)
            SqliteFile.Run(connection, $"pragma main.user_version={SchemaVersion}");
        SqliteFile.Run(connection, "commit");
        if (!takes)
            return;
        // Only now: cut off before, it is taken over at the next start.
        foreach (var (table, _) in Older(connection))
            SqliteFile.Run(connection, $"drop table journal.{table}");
        SqliteFile.Run(connection, "detach journal");
    });

    private static void Attach(SqliteConnection connection, string journal)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "attach $1 as journal";
        command.Parameters.AddWithValue("$1", journal);
        command.ExecuteNonQuery();
    }

    private static List<(string Table, string Take)> Older(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select name from journal.sqlite_schema where type = 'table'";
        using var rows = command.ExecuteReader();
        var tables = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Read())
            tables.Add(rows.GetString(0));
        return [.. s_older.Where(older => tables.Contains(older.Table))];
    }
}
