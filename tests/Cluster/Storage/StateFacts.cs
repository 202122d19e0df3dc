using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Registrations;
using Interop.Hub.Grains.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Tests.Cluster.Storage;

/// <summary>What the stores of what is state and no record owe, wherever they keep it.</summary>
public abstract class StateFacts(StorageLab lab)
{
    private static readonly RoomCode Room = new("4201");
    private static readonly LegId Leg = new("leg-1");

    [Fact]
    public async Task A_dialog_is_found_by_its_leg_and_by_its_call_and_outlives_its_process()
    {
        await using var place = await lab.NewPlace();
        var store = Started(place).GetRequiredService<IDialogStore>();
        await store.Save(new StoredDialog(Room, Leg, "{}", "call-1"), default);
        await store.Save(new StoredDialog(Room, new LegId("leg-2"), "{}", null), default);

        Assert.Equal("call-1", (await store.Find(Room, Leg, default))!.CallId);
        Assert.Null((await store.Find(Room, new LegId("leg-2"), default))!.CallId);
        Assert.Equal(Leg, Assert.Single(await store.FindByCall("call-1", default)).Leg);
        Assert.Empty(await store.FindByCall("call-3", default));

        await store.Save(new StoredDialog(Room, Leg, """{"n":2}""", "call-4"), default);
        Assert.Empty(await store.FindByCall("call-1", default));
        await place.Close();

        store = Started(place).GetRequiredService<IDialogStore>();
        Assert.Equal(new StoredDialog(Room, Leg, """{"n":2}""", "call-4"), await store.Find(Room, Leg, default));
        await store.Forget(Room, Leg, default);
        Assert.Empty(await store.FindByCall("call-4", default));
        Assert.Null(await store.Find(Room, Leg, default));
    }

    [Fact]
    public async Task A_leg_keeps_its_mark_until_it_is_gone_for_good()
    {
        await using var place = await lab.NewPlace();
        var first = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        var marks = Started(place).GetRequiredService<IChatMarks>();

        Assert.Equal(new ChatMark(first, 0), await marks.Begin(Room, Leg, first, default));
        await marks.Advance(Room, Leg, 7, default);
        await marks.Advance(Room, Leg, 5, default);
        Assert.Equal(new ChatMark(first, 7), await marks.Begin(Room, Leg, first.AddHours(1), default));
        Assert.Equal(new ChatMark(first, 7), await marks.Find(Room, Leg, default));

        await marks.Forget(Room, Leg, default);
        Assert.Null(await marks.Find(Room, Leg, default));
    }

    [Fact]
    public async Task Registrations_are_those_that_were_saved_last()
    {
        await using var place = await lab.NewPlace();
        var store = Started(place).GetRequiredService<IBindingStore>();
        Assert.Empty(await store.Find("desk", default));
        await store.Save("desk", [Binding("a"), Binding("b")], default);
        await store.Save("car", [Binding("c")], default);
        await store.Save("desk", [Binding("d")], default);

        Assert.Equal("d", Assert.Single(await store.Find("desk", default)).Contact);
        Assert.Equal(["car", "desk"], (await store.List(default)).Keys.Order(StringComparer.Ordinal));
        await store.Save("desk", [], default);
        Assert.Equal("car", Assert.Single(await store.List(default)).Key);
    }

    /// <summary>A process that has begun with the journal, as a node does: who opens that makes the tables of both.</summary>
    private static IServiceProvider Started(StoragePlace place)
    {
        var process = place.Process();
        process.GetRequiredService<IJournal>();
        return process;
    }

    private static Binding Binding(string contact) =>
        new("key", contact, "", 1, "call", 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [], null, false, null);
}

/// <summary>In a file of SQLite.</summary>
public sealed class SqliteStateFacts(SqliteLab lab) : StateFacts(lab), IClassFixture<SqliteLab>;

/// <summary>In PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresStateFacts(PostgresLab lab) : StateFacts(lab);
