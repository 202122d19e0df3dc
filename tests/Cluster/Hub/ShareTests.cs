using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

public sealed class ShareTests
{
    private static readonly LentResource North = Channel("north"), South = Channel("south");

    [Fact]
    public async Task A_share_ends_by_the_hubs_clock_and_one_whose_time_passed_while_the_hub_was_down_never_comes_up()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            code = await hub.Open();
            Assert.True((await Lend(hub, code, North, new ShareTerms(Ends: clock.GetUtcNow().AddMinutes(30)))).Ok);
            Assert.True((await Lend(hub, code, South, new ShareTerms(Ends: clock.GetUtcNow().AddHours(2)))).Ok);
            Assert.Equal(2, hub.Of<RecordingMedia>().Plan(code)!.Legs.Count);
            clock.Advance(TimeSpan.FromMinutes(31));
            await Eventually.Holds(() => hub.Of<RecordingMedia>().Plan(code)!.Legs.Count == 1, "the share that was over left the plan");
            Assert.Equal("South", Assert.Single((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Shares).Name);
        }

        clock.Advance(TimeSpan.FromHours(2));
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            Assert.Empty(hub.Of<RecordingMedia>().Plan(code)!.Legs);
            Assert.Empty((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Shares);
            var withdrawn = (await hub.Room(code).ReadJournal(Cast.Dispatcher, 0, 100)).Value!.Where(entry => entry.Type == "share.withdrawn").ToArray();
            Assert.Equal(2, withdrawn.Length);
            Assert.All(withdrawn, entry => Assert.Equal((ActorKind.Hub, true), (entry.Actor.Kind, entry.Data.Contains("its time was up", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task A_share_that_ends_in_months_outlives_a_restart_and_ends_then()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            code = await hub.Open();
            Assert.True((await Lend(hub, code, North, new ShareTerms(Ends: clock.GetUtcNow().AddDays(60)))).Ok);
        }

        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            Assert.Single((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Shares);
            for (var day = 0; day < 59; day++)
                clock.Advance(TimeSpan.FromDays(1));
            Assert.Single((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Shares);
            clock.Advance(TimeSpan.FromDays(1.1));
            await Eventually.Holds(async () => (await hub.Room(code).Look(Cast.Dispatcher)).Value!.Shares.Count == 0, "the share ended when its time was up");
        }
    }

    [Fact]
    public async Task A_channel_is_heard_in_many_rooms_and_a_ring_of_two_is_refused_with_its_way_and_after_a_restart_too()
    {
        using var data = new DataDirectory();
        var (first, second) = (default(RoomCode), default(RoomCode));
        await using (var hub = await HubCluster.Start(data.Path))
        {
            (first, second) = (await hub.Open("First"), await hub.Open("Second"));
            Assert.True((await Lend(hub, first, North)).Ok);
            Assert.True((await Lend(hub, second, North, Listen)).Ok);
            Assert.True((await Lend(hub, second, South)).Ok);
        }

        await using (var hub = await HubCluster.Start(data.Path))
        {
            var refused = await Lend(hub, first, South, Listen);
            Assert.Equal("share.loop", refused.Refusal?.Code);
            foreach (var place in new[] { "North", "South", first.Value, second.Value })
                Assert.Contains(place, refused.Refusal!.Text, StringComparison.Ordinal);
            Assert.True((await hub.Room(second).Execute(new WithdrawShare(new ShareId("share-1")), Cast.Dispatcher, Cast.Id())).Ok);
            await Eventually.Holds(async () => (await Lend(hub, first, South, Listen)).Ok, "without the ring the channel was lent");
        }
    }

    [Fact]
    public async Task A_lent_sensors_alert_comes_into_the_room_and_into_no_other()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var sensor = new SensorEntry("spotter", "Spotter", "shotspotter");
        Assert.True((await hub.Agency("hpd").Provision([new AgencyEntry("hpd", "Hartford", AgencyLevel.City), sensor], Cast.Provisioning)).Ok);
        var (with, without) = (await hub.Open("With"), await hub.Open("Without"));
        Assert.True((await Lend(hub, with, LentResource.Of(Cast.Hpd, sensor)!, Listen)).Ok);
        var sent = 0;
        await Eventually.Holds(
            async () =>
            {
                // The directory reaches the desk's node in its own time.
                await hub.Desk("hpd").Receive(new Alert(
                    new AlertId($"shotspotter|{++sent}"), AlertAction.New, [], "gunshot", "Shots", null, "Severe", "shotspotter", null, null, TimeProvider.System.GetUtcNow(), false), Cast.Sensor);
                return (await hub.Room(with).Look(Cast.Dispatcher)).Value!.Alerts.Count > 0;
            },
            "the alert came into the room");
        Assert.Empty((await hub.Room(without).Look(Cast.Dispatcher)).Value!.Alerts);
    }

    private static ShareTerms Listen => new(ShareDirection.Listen);

    private static LentResource Channel(string id) =>
        new(new ResourceId(Cast.Hpd, id), char.ToUpperInvariant(id[0]) + id[1..], new RadioGateway("239.10.0.1:5004", "239.10.0.2:5004"));

    private static Task<Outcome<RoomReceipt>> Lend(HubCluster hub, RoomCode code, LentResource resource, ShareTerms? terms = null) =>
        hub.Room(code).Execute(new LendResource(resource, terms ?? ShareTerms.Open), Cast.Dispatcher, Cast.Id());
}
