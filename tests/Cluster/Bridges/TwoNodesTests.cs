using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Tests.Cluster.Hub;

namespace Interop.Tests.Cluster.Bridges;

/// <summary>A bridge never owns the socket (design rule 2): wherever a call comes in, its voice is the anchor's.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task A_dialog_on_one_node_has_its_voice_on_the_other_and_is_hung_up_from_there()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var code = await nodes.OpenRoomWithTrunkAsync();
        await using var first = new TestPhone("first");
        await using var second = new TestPhone("second");

        var ports = new[] { await first.CallAsync(nodes.Sip(0), code.Value), await second.CallAsync(nodes.Sip(1), code.Value) };

        var anchors = ports.Select(port => BridgedCluster.Ports.ToList().FindIndex(range => range.First <= port && port <= range.Last)).ToArray();
        Assert.Equal(anchors[0], anchors[1]);
        Assert.InRange(anchors[0], 0, 1);
        await HearsAsync(talker: first, listener: second);
        await HearsAsync(talker: second, listener: first);

        // The node of the call that crosses is lost: the anchor goes on with that call, and the other node, which lives, lets go of it.
        var anchor = nodes.AnchorOf(code);
        var crossing = anchor == 0 ? second : first;
        await nodes.Room(code).LoseNode(nodes.Name(1 - anchor));
        await Eventually.Holds(() => crossing.AnsweredBy == nodes.Sip(anchor).Port, "the anchor goes on with the call");
        await Eventually.Holds(() => nodes.Calls(1 - anchor) == 0, "the other node lets go of it");
        Assert.Equal(2, nodes.Calls(anchor));
        await HearsAsync(talker: first, listener: second);
        Assert.False(first.Ended.IsCompleted || second.Ended.IsCompleted);

        // Leg 1 came in through node 0 and leg 2 through node 1, so one of the two crosses whichever node is the anchor.
        foreach (var (leg, phone) in new[] { ("leg-1", first), ("leg-2", second) })
        {
            Assert.True((await nodes.Room(code).Execute(new DropLeg(new LegId(leg)), Cast.Dispatcher, Cast.Id())).Ok);
            Assert.Equal(CallEndKind.RemoteBye, (await phone.Ended.WaitAsync(TimeSpan.FromSeconds(20))).Kind);
        }
    }

    private static async Task HearsAsync(TestPhone talker, TestPhone listener)
    {
        using var frames = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        listener.Hear();
        for (var frame = 0; frame < 500; frame++)
        {
            talker.Send(tone: true);
            listener.Send(tone: false);
            talker.Hear();
            if (listener.Hear() > 4000)
                return;
            await frames.WaitForNextTickAsync();
        }

        Assert.Fail("The listener heard nothing of the talker within 500 frames.");
    }
}
