using Npgsql;

namespace Interop.Hub.Grains.Storage;

/// <summary>The hub's tables in PostgreSQL: journal, state and what all nodes must have in common.</summary>
/// <remarks>
/// The first four are those of journal.db and state.db, column by column: one text for both in docs/journal.md. Streams and the
/// like are compared by their bytes (collate "C"), so that their order is the same everywhere. Half-empty pages of epochs leave
/// room for the next version of each row beside it, so that an append touches no index.
/// </remarks>
public static class HubTables
{
    internal const string Part = "hub";

    /// <summary>The schema that this version writes.</summary>
    internal const int SchemaVersion = 1;

    private const string First = """
        create table entries (
          stream text collate "C" not null, version bigint not null, epoch bigint not null, time text not null,
          actor_kind text not null, actor_agency text not null, actor_name text not null, actor_role text not null,
          command text not null, type text not null, data text not null,
          previous_hash text not null, hash text not null,
          primary key (stream, version));
        create table epochs (
          stream text collate "C" primary key, epoch bigint not null, version bigint not null, hash text not null) with (fillfactor = 50);
        create function interop_append_only() returns trigger language plpgsql as
          $$ begin raise exception 'the journal is append-only'; end $$;
        create trigger entries_are_not_changed before update or delete or truncate on entries
          for each statement execute function interop_append_only();
        create table dialogs (
          room text collate "C" not null, leg text collate "C" not null, state text not null, call_id text collate "C", primary key (room, leg));
        create index dialogs_by_call on dialogs (call_id);
        create table bindings (phone text collate "C" primary key, state text not null);
        create table chat_marks (
          room text collate "C" not null, leg text collate "C" not null, since bigint not null, line bigint not null, primary key (room, leg));
        create table secrets (name text collate "C" primary key, value text not null);
        """;

    /// <summary>Makes them, or brings them to this version.</summary>
    /// <exception cref="InvalidDataException">A newer version wrote them.</exception>
    public static void Bring(NpgsqlConnection connection) => PostgresSchema.Bring(connection, Part, static () => First);
}
