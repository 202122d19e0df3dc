using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;

namespace Interop.Hub.Grains.Journal;

/// <summary>The journal's database: its schema, and how it is opened.</summary>
internal static class JournalFile
{
    /// <summary>The schema that this version writes. Files of schemas 1 and 2 had dialogs beside the entries.</summary>
    public const int SchemaVersion = 3;

    private const string First = """
        create table entries (
          stream text not null, version integer not null, epoch integer not null, time text not null,
          actor_kind text not null, actor_agency text not null, actor_name text not null, actor_role text not null,
          command text not null, type text not null, data text not null,
          previous_hash text not null, hash text not null,
          primary key (stream, version)) strict, without rowid;
        create table epochs (
          stream text primary key, epoch integer not null, version integer not null, hash text not null) strict, without rowid;
        create trigger entries_are_not_changed before update on entries
          begin select raise(abort, 'the journal is append-only'); end;
        create trigger entries_are_not_removed before delete on entries
          begin select raise(abort, 'the journal is append-only'); end;
        """;

    /// <summary>Opens the file to write, and makes it first if it is not there.</summary>
    /// <remarks>WAL with synchronous=FULL: a commit that returned is on the disk (the faster settings can lose one).</remarks>
    public static SqliteConnection OpenToWrite(string file) => SqliteFile.OpenToWrite(file, "full", connection =>
    {
        // Two processes may start on a new file at once; the second one waits here and finds the schema made.
        SqliteFile.Run(connection, "begin immediate");
        var version = SqliteFile.VersionOf(connection);
        SqliteFile.RefuseNewer(file, version, SchemaVersion);
        if (version < 1)
            SqliteFile.Run(connection, First);
        if (version < SchemaVersion)
            SqliteFile.Run(connection, $"pragma user_version={SchemaVersion}");
        SqliteFile.Run(connection, "commit");
    });
}
