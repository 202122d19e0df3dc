using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Nodes;
using Orleans.Runtime;

namespace Interop.Tests.Cluster.Hub;

/// <summary>Losing a node, or sending it away, loses no room.</summary>
public sealed class LostNodeTests
{
    private const int Rooms = 6;

    [Fact]
    public async Task Rooms_of_a_lost_node_come_up_elsewhere_though_nobody_calls_them_and_the_directory_is_followed_again()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path, silos: 3);
        var codes = new List<RoomCode>();
        for (var room = 0; room < Rooms; room++)
            codes.Add(await hub.Open());
        var lost = hub.Silos.Select((silo, index) => index).Single(index => codes.All(code => hub.Of<RecordingMedia>(index).Plan(code) is not null));
        var rest = new[] { 0, 1, 2 }.Where(index => index != lost).Select(index => (Media: hub.Of<RecordingMedia>(index), Directory: hub.Of<IDirectory>(index))).ToArray();

        await hub.Kill(lost);

        await Eventually.Holds(() => codes.All(code => rest.Any(node => node.Media.Plan(code) is { Open: true })), "every room is anchored at a survivor", seconds: 40);
        await hub.Agency("hpd").Provision([new AgencyEntry("hpd", "Hartford Police Department", AgencyLevel.City)], Cast.Provisioning);
        await Eventually.Holds(() => rest.All(node => node.Directory.Current.Find(Cast.Hpd) is not null), "both survivors follow the directory");
        Assert.Equal(codes.Select(code => code.Value).Order(), (await hub.Registry.ListOpen()).Select(room => room.Code.Value).Order());
    }

    [Fact]
    public async Task A_room_that_is_moved_begins_at_the_other_node_in_a_later_epoch_and_keeps_what_it_has()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path, silos: 2);
        var code = await hub.Open();
        Assert.True((await hub.Room(code).Execute(new PostChat("Hold the perimeter"), Cast.Dispatcher, Cast.Id())).Ok);
        var from = hub.Of<RecordingMedia>(0).Plan(code) is null ? 1 : 0;
        var (old, @new) = (hub.Of<RecordingMedia>(from), hub.Of<RecordingMedia>(1 - from));
        var before = old.Plan(code)!.Epoch;

        await hub.Room(code).MoveTo(hub.Of<ILocalSiloDetails>(1 - from).SiloAddress);

        await Eventually.Holds(() => @new.Plan(code) is { } plan && plan.Epoch > before, "the room is anchored at the other node");
        Assert.Equal("Hold the perimeter", Assert.Single((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Chat).Text);
        // Its voice goes on at the old node until the new one says that it has the room.
        Assert.DoesNotContain((code, before), old.Released);
        hub.Of<AnchoredRooms>(from).Yield(code, @new.Plan(code)!.Epoch);
        Assert.Contains((code, before), old.Released);
    }
}
