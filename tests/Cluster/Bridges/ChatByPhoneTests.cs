using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Tests.Cluster.Hub;

namespace Interop.Tests.Cluster.Bridges;

/// <summary>What is written reaches every phone in the room, or is shown not to have.</summary>
public sealed class ChatByPhoneTests
{
    private static readonly LegId Leg = new("leg-1");

    [Fact]
    public async Task A_line_that_is_written_while_a_phone_is_lost_reaches_it_when_it_is_back_in_order_and_once()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var code = await nodes.OpenRoomWithTrunkAsync();
        await using var phone = new DeskPhone("engine7");
        await phone.StartAsync();
        Assert.Equal(200, await phone.CallAsync(nodes.Sip(0), code.Value));
        await SayAsync(nodes, code, "first");
        // What a phone took and did not confirm before it was lost is sent again.
        await Eventually.Holds(async () => await nodes.ReachedAsync(code, Leg) == 1, "the phone confirmed the first line");

        await phone.FallSilentAsync();
        await Eventually.Holds(async () => (await LegAsync(nodes, code)).Status == LegStatus.Lost, "the room misses the phone");
        await SayAsync(nodes, code, "second");
        await SayAsync(nodes, code, "third");
        await phone.StartAsync();

        await Eventually.Holds(() => phone.Texts.Count >= 3, "the phone got what was written meanwhile");
        await Eventually.Holds(async () => (await LegAsync(nodes, code)).Status == LegStatus.Up, "the phone is back");
        await SayAsync(nodes, code, "fourth");
        await Eventually.Holds(() => phone.Texts.Count >= 4, "the phone got the line after it");
        Assert.Equal(
            ["first", "second", "third", "fourth"],
            phone.Texts.Select(text => text[(text.LastIndexOf(' ') + 1)..]));
        Assert.All((await LookAsync(nodes, code)).Chat, line => Assert.Empty(line.Undelivered));
    }

    [Fact]
    public async Task A_line_that_is_written_while_a_phone_is_lost_is_marked_when_the_phone_never_comes_back()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var code = await nodes.OpenRoomWithTrunkAsync();
        await using var phone = new DeskPhone("engine7");
        await phone.StartAsync();
        Assert.Equal(200, await phone.CallAsync(nodes.Sip(1), code.Value));
        await phone.FallSilentAsync();
        await Eventually.Holds(async () => (await LegAsync(nodes, code)).Status == LegStatus.Lost, "the room misses the phone");
        await SayAsync(nodes, code, "anyone");

        Assert.True((await nodes.Room(code).Execute(new DropLeg(Leg), Cast.Dispatcher, Cast.Id())).Ok);

        await Eventually.Holds(
            async () => (await LookAsync(nodes, code)).Chat.Single().Undelivered.Any(failed => failed.Leg == Leg),
            "the room shows that the line did not arrive");
    }

    private static async Task SayAsync(BridgedCluster nodes, RoomCode code, string text) =>
        Assert.True((await nodes.Room(code).Execute(new PostChat(text), Cast.Dispatcher, Cast.Id())).Ok);

    private static async Task<LegView> LegAsync(BridgedCluster nodes, RoomCode code) =>
        (await LookAsync(nodes, code)).Legs.Single(leg => leg.Id == Leg);

    private static async Task<RoomSnapshot> LookAsync(BridgedCluster nodes, RoomCode code) =>
        (await nodes.Room(code).Look(Cast.Dispatcher)).Value!;
}
