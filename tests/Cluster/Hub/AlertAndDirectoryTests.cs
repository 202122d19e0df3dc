using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

public sealed class AlertAndDirectoryTests
{
    private static readonly PlaybookEntry Shots = new(
        "shots",
        new PlaybookMatch(Event: "gunshot"),
        new PlaybookRoom("Shots fired: {areaDesc}", "shooting", Priority.Emergency, [Cast.Ctic], [], []));

    [Fact]
    public async Task An_alert_opens_one_room_however_often_it_comes_and_an_update_reaches_that_room()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        await Provision(hub);
        var first = (await hub.Desk("hpd").Receive(Gunshot("1"), Cast.Sensor)).Value!;
        var again = (await hub.Desk("hpd").Receive(Gunshot("1"), Cast.Sensor)).Value!;
        Assert.False(first.Duplicate);
        Assert.True(again.Duplicate);
        Assert.NotNull(first.Alert.Room);
        Assert.Equal(first.Alert.Room, again.Alert.Room);
        Assert.Equal("Shots fired: Main St", Assert.Single(await hub.Registry.ListOpen()).Title);

        var update = Gunshot("2") with { Action = AlertAction.Update, References = [new AlertId("spotter|1")], Headline = "Two shooters" };
        var updated = (await hub.Desk("hpd").Receive(update, Cast.Sensor)).Value!;
        Assert.Equal((new AlertId("spotter|1"), 2, first.Alert.Room), (updated.Alert.Id, updated.Alert.Revision, updated.Alert.Room));
        var room = (await hub.Room(first.Alert.Room.Value).Look(Cast.Dispatcher)).Value!;
        Assert.Equal("Two shooters", Assert.Single(room.Alerts).Headline);
        Assert.Equal("spotter|1", Assert.Single((await hub.Desk("hpd").List(Cast.Sensor, 10)).Value!).Id.Value);
    }

    [Theory]
    [InlineData("registry")]
    [InlineData("room/")]
    [InlineData("alert.shown")]
    public async Task A_stop_between_the_alert_and_its_room_still_ends_in_exactly_one_room(string stopsAt)
    {
        using var data = new DataDirectory();
        await using (var hub = await HubCluster.Start(data.Path))
        {
            await Provision(hub);
            hub.Of<RefusingJournal>().Refuses = append =>
                append.Stream.StartsWith(stopsAt, StringComparison.Ordinal) || append.Entries.Any(entry => entry.Type == stopsAt);
            var interrupted = (await hub.Desk("hpd").Receive(Gunshot("1"), Cast.Sensor)).Value!;
            Assert.Null(interrupted.Alert.Room);
        }

        await using (var hub = await HubCluster.Start(data.Path))
        {
            var alert = Assert.Single((await hub.Desk("hpd").List(Cast.Sensor, 10)).Value!);
            Assert.Equal(alert.Room, Assert.Single(await hub.Registry.ListOpen()).Code);
            Assert.True((await hub.Desk("hpd").Receive(Gunshot("1"), Cast.Sensor)).Value!.Duplicate);
            Assert.Single(await hub.Registry.ListOpen());
        }
    }

    [Fact]
    public async Task Provisioning_again_changes_nothing_and_does_not_undo_the_console()
    {
        using var data = new DataDirectory();
        DirectoryEntry[] entries = [new AgencyEntry("hpd", "Hartford Police", AgencyLevel.City), new TrunkEntry("lab", ["127.0.0.0/8"]), Shots];
        var administrator = new Actor(ActorKind.Person, Cast.Hpd, "Ada", Role.Administrator);
        await using (var hub = await HubCluster.Start(data.Path))
        {
            Assert.Equal(new ProvisioningReceipt(3, 0), (await hub.Agency("hpd").Provision(entries, Cast.Provisioning)).Value);
            Assert.Equal(new ProvisioningReceipt(0, 3), (await hub.Agency("hpd").Provision(entries, Cast.Provisioning)).Value);
            Assert.True((await hub.Agency("hpd").Remove("trunk", "lab", administrator, Cast.Id())).Ok);
            Assert.True((await hub.Agency("hpd").Put(new AgencyEntry("hpd", "Hartford PD", AgencyLevel.City), administrator, Cast.Id())).Ok);
        }

        await using (var hub = await HubCluster.Start(data.Path))
        {
            Assert.Equal(new ProvisioningReceipt(0, 3), (await hub.Agency("hpd").Provision(entries, Cast.Provisioning)).Value);
            var directory = hub.Of<IDirectory>().Current.Find(Cast.Hpd)!;
            Assert.Equal("Hartford PD", directory.Find<AgencyEntry>("hpd")?.Name);
            Assert.Null(directory.Find<TrunkEntry>("lab"));
            Assert.NotNull(directory.Find<PlaybookEntry>("shots"));
            DirectoryEntry[] changed = [new TrunkEntry("lab", ["10.0.0.0/8"])];
            Assert.Equal(new ProvisioningReceipt(1, 0), (await hub.Agency("hpd").Provision(changed, Cast.Provisioning)).Value);
            await Eventually.Holds(
                () => hub.Of<IDirectory>().Current.Find(Cast.Hpd)!.Find<TrunkEntry>("lab") is not null, "the node's copy had the new trunk");
        }
    }

    [Fact]
    public async Task A_standing_room_is_provisioned_once_and_stays_closed_until_its_entry_changes()
    {
        using var data = new DataDirectory();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var code = new RoomCode("4201");
        var entry = new OpenRoom("Standing", "standing", Priority.Routine, null, Cast.Hpd, ["trunk:lab"], [], [], ProvisionedAs: "one");
        Assert.True((await hub.Registry.Claim(code, Cast.Hpd)).Ok);
        Assert.Equal("room.taken", (await hub.Registry.Claim(code, Cast.Ctic)).Refusal?.Code);
        Assert.True((await hub.Room(code).Execute(entry, Cast.Provisioning, Cast.Id())).Ok);
        Assert.True((await hub.Room(code).Execute(entry, Cast.Provisioning, Cast.Id())).Ok);
        Assert.Single((await hub.Room(code).ReadJournal(Cast.Dispatcher, 0, 10)).Value!);

        Assert.True((await hub.Room(code).Execute(new CloseRoom(null), Cast.Dispatcher, Cast.Id())).Ok);
        clock.Advance(TimeSpan.FromSeconds(11));
        await Eventually.Holds(
            async () => (await hub.Room(code).Look(Cast.Dispatcher)).Value!.State == RoomPhase.Closed, "the standing room closed");
        Assert.True((await hub.Room(code).Execute(entry, Cast.Provisioning, Cast.Id())).Ok);
        Assert.Equal(RoomPhase.Closed, (await hub.Room(code).Look(Cast.Dispatcher)).Value!.State);
        var changed = entry with { Title = "Standing again", ProvisionedAs = "two" };
        Assert.True((await hub.Room(code).Execute(changed, Cast.Provisioning, Cast.Id())).Ok);
        Assert.Equal((RoomPhase.Open, "Standing again"), (await hub.Room(code).Look(Cast.Dispatcher)).Value is { } room ? (room.State, room.Title) : default);
        Assert.Equal(code, Assert.Single(await hub.Registry.ListToWake()));
    }

    private static async Task Provision(HubCluster hub)
    {
        DirectoryEntry[] entries = [new AgencyEntry("hpd", "Hartford Police", AgencyLevel.City), Shots];
        Assert.True((await hub.Agency("hpd").Provision(entries, Cast.Provisioning)).Ok);
        await Eventually.Holds(() => hub.Of<IDirectory>().Current.Find(Cast.Hpd) is not null, "the node's copy had the agency");
    }

    private static Alert Gunshot(string id) => new(
        new AlertId($"spotter|{id}"),
        AlertAction.New,
        [],
        "Gunshot",
        "Shots heard",
        null,
        "Severe",
        "spotter",
        "Main St",
        null,
        new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero),
        Exercise: false);
}
