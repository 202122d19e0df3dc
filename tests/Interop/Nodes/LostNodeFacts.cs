using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Nodes;

/// <summary>Built executables and real phones: nodes are stopped, frozen and killed one after the other, and the calls go on.</summary>
[Collection(AloneCollection.Name)]
public sealed class LostNodeFacts(ITestOutputHelper output)
{
    /// <summary>By the watchdog, or by an abort (SIGABRT) where Orleans reads of it first.</summary>
    private static readonly int[] WrittenOff = [70, 128 + 6];
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Calls_go_on_over_a_node_that_stops_one_that_freezes_and_wakes_and_one_that_is_killed()
    {
        await using var lab = await ClusterLab.Start();
        var place = new Workplace("cluster-phones");
        await using var one = await Baresip.Start(place, new PhonePlan("one", LabFixture.Tone(400)));
        await using var two = await Baresip.Start(place, new PhonePlan("two", LabFixture.Tone(700)));
        // Each by another node, so that at least one call is signalled where it is not heard.
        await one.Call(lab.Nodes[0].Sip("4201"));
        await two.Call(lab.Nodes[1].Sip("4201"));
        await HearEachOther("At first");

        var frozen = await lab.AnchorOf("4201", 0, 1, 2);
        await lab.Nodes[frozen].Freeze();
        int[] rest = [.. new[] { 0, 1, 2 }.Where(node => node != frozen)];
        var next = await lab.AnchorOf("4201", rest);
        await HearEachOther("After a node froze");
        await lab.Nodes[frozen].Thaw();
        Assert.Contains(await lab.Nodes[frozen].Ended(), WrittenOff);
        await HearEachOther("After it woke");

        await lab.Nodes[frozen].StartAgain();
        await lab.Nodes[next].Stop();
        var last = await lab.AnchorOf("4201", [.. new[] { 0, 1, 2 }.Where(node => node != next)]);
        await HearEachOther("After a node was stopped");

        await lab.Nodes[next].StartAgain();
        await lab.Nodes[last].Kill();
        var heir = await lab.AnchorOf("4201", [.. new[] { 0, 1, 2 }.Where(node => node != last)]);
        await HearEachOther("After a node was killed");

        Assert.Equal((1, 1), (one.Calls, two.Calls));
        Assert.True(one.InCall && two.InCall, "Every call must still be the same call.");
        using var api = new HubApi(lab.Nodes[heir].Console, LabProvisioning.HpdToken);
        Assert.Equal(2, (await api.Room("4201")).GetProperty("legs").EnumerateArray().Count(leg => leg.GetProperty("status").GetString() == "up"));

        async Task HearEachOther(string when)
        {
            foreach (var (phone, hertz) in new[] { (one, 700), (two, 400) })
            {
                var begun = phone.Heard().Length;
                await Until.True(
                    $"{when}, to hear {hertz} Hz again", () => phone.Heard().From(begun).Measure(hertz).Present > Second, Return, () => string.Join("\n\n", lab.Nodes.Select(static node => node.Tail)));
                output.WriteLine($"{when}: {hertz} Hz is heard.");
            }
        }
    }
}
