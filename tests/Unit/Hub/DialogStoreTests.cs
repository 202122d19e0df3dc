using System.Diagnostics.Metrics;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.State;
using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Interop.Tests.Unit.Hub;

/// <summary>The state file takes over what older versions kept in the journal.</summary>
public sealed class DialogStoreTests : IAsyncDisposable
{
    private static readonly RoomCode Room = new("4201");
    private static readonly LegId Leg = new("leg-1");

    private readonly JournalOptions _options = new() { Directory = Directory.CreateTempSubdirectory("interop-dialogs-").FullName };
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private GroupCommit<SqliteStateSession>? _writer;

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
            await _writer.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_options.Directory, recursive: true);
    }

    [Fact]
    public async Task A_dialog_of_the_first_version_is_found_by_the_call_that_its_state_names()
    {
        Run("""
            create table entries (
              stream text not null, version integer not null, epoch integer not null, time text not null,
              actor_kind text not null, actor_agency text not null, actor_name text not null, actor_role text not null,
              command text not null, type text not null, data text not null,
              previous_hash text not null, hash text not null,
              primary key (stream, version)) strict, without rowid;
            create table epochs (
              stream text primary key, epoch integer not null, version integer not null, hash text not null) strict, without rowid;
            create table dialogs (
              room text not null, leg text not null, state text not null, primary key (room, leg)) strict, without rowid;
            insert into dialogs values ('4201', 'leg-1', '{"CallId":"yesterday","LocalTag":"a","RemoteTag":"b"}');
            pragma user_version=1;
            """);

        var found = Assert.Single(await Dialogs().FindByCall("yesterday", default));

        Assert.Equal((Room, Leg), (found.Room, found.Leg));
        Assert.Contains("yesterday", found.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_second_version_kept_in_the_journal_is_taken_over_once()
    {
        Run("""
            create table dialogs (
              room text not null, leg text not null, state text not null, call_id text, primary key (room, leg)) strict, without rowid;
            create table bindings (phone text primary key, state text not null) strict, without rowid;
            create table chat_marks (
              room text not null, leg text not null, since integer not null, line integer not null,
              primary key (room, leg)) strict, without rowid;
            insert into dialogs values ('4201', 'leg-1', '{"CallId":"yesterday"}', 'yesterday');
            insert into bindings values ('desk7', '[]');
            insert into chat_marks values ('4201', 'leg-1', 5, 7);
            pragma user_version=2;
            """);

        Assert.Equal(7, (await Marks().Find(Room, Leg, default))?.Line);
        Assert.Single(await Dialogs().FindByCall("yesterday", default));
        Assert.True((await new SqliteBindingStore(Writer(), Options.Create(_options)).List(default)).ContainsKey("desk7"));

        await Dialogs().Forget(Room, Leg, default);
        await _writer!.DisposeAsync();
        _writer = null;
        Assert.Null(await Dialogs().Find(Room, Leg, default));
    }

    private SqliteDialogStore Dialogs() => new(Writer(), Options.Create(_options));

    private SqliteChatMarks Marks() => new(Writer(), Options.Create(_options));

    private GroupCommit<SqliteStateSession> Writer() => _writer ??= new GroupCommit<SqliteStateSession>(
        "state",
        () => new SqliteStateSession(_options.StateFile, _options.File),
        Options.Create(_options),
        TimeProvider.System,
        new HubMetrics(_services.GetRequiredService<IMeterFactory>()),
        NullLogger<GroupCommit<SqliteStateSession>>.Instance,
        _options.StateFile);

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_options.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
