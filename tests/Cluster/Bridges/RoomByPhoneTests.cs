using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Tests.Cluster.Hub;

namespace Interop.Tests.Cluster.Bridges;

/// <summary>What a phone can do with a room beside talking in it: see who is there, add somebody, move, hand its place on.</summary>
public sealed class RoomByPhoneTests
{
    private static readonly LegId Leg = new("leg-1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_phone_that_subscribes_sees_the_room_whole_then_who_comes_and_then_its_end()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var code = await nodes.OpenRoomWithTrunkAsync();
        using var watcher = new RosterPhone();
        await using var phone = await Started("engine7");

        Assert.Equal("SIP/2.0 200 OK", await watcher.SubscribeAsync(nodes.Sip(0), code.Value));
        var first = await watcher.NextAsync();
        Assert.Equal("full", first.Document!.Attribute("state")!.Value);
        Assert.Contains("Two nodes", first.Document.ToString(), StringComparison.Ordinal);

        Assert.Equal(200, await phone.CallAsync(nodes.Sip(1), code.Value));
        var next = await watcher.NextAsync();
        while (!next.Document!.ToString().Contains("engine7 (Hartford Police Department)", StringComparison.Ordinal))
            next = await watcher.NextAsync();
        Assert.DoesNotContain("engine7@", next.Document.ToString(), StringComparison.Ordinal);

        await nodes.CloseAsync(code);
        while (!next.State.Contains("terminated", StringComparison.Ordinal))
            next = await watcher.NextAsync();
        Assert.Contains("noresource", next.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_learns_by_subscribing_which_rooms_there_are()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        await nodes.OpenRoomWithTrunkAsync();
        using var watcher = new RosterPhone();

        Assert.StartsWith("SIP/2.0 404", await watcher.SubscribeAsync(nodes.Sip(0), "9999"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_adds_a_party_by_REFER_and_hears_that_it_came()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var code = await nodes.OpenRoomWithTrunkAsync();
        await using var asking = await Started("engine7");
        await using var asked = await Started("medic2");
        Assert.Equal(200, await asking.CallAsync(nodes.Sip(0), code.Value));

        var outcome = await asking.Call!.ReferAsync(asked.Self).WaitAsync(Patience);

        Assert.True(outcome.Status == 200, $"The referral ended with {outcome}.");
        await Eventually.Holds(
            async () => (await LookAsync(nodes, code)).Legs.Any(leg => leg is { Dialled: true, Status: LegStatus.Up } && leg.Party.Name == "medic2"),
            "the party is in the room");
        Assert.NotNull(asked.Call);
    }

    [Fact]
    public async Task A_phone_moves_to_another_room_in_the_same_call()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var from = await nodes.OpenRoomWithTrunkAsync();
        var to = await nodes.OpenRoomWithTrunkAsync();
        await using var phone = await Started("engine7");
        Assert.Equal(200, await phone.CallAsync(nodes.Sip(0), from.Value));

        var outcome = await phone.Call!.ReferAsync(new NameAddr(SipUri.Create(to.Value, "hub"))).WaitAsync(Patience);

        Assert.True(outcome.Status == 200, $"The referral ended with {outcome}.");
        await Eventually.Holds(async () => (await LegAsync(nodes, from)) is { Status: LegStatus.Gone } left && left.Cause == $"moved to {to}", "it left the first room");
        Assert.Equal(LegStatus.Up, (await LegAsync(nodes, to)).Status);
        Assert.Null(phone.End);

        await phone.Call!.ByeAsync();
        await Eventually.Holds(async () => (await LegAsync(nodes, to)).Status == LegStatus.Gone, "it left the second room");
    }

    [Fact]
    public async Task A_phone_that_another_room_does_not_take_stays_where_it_is_and_hears_so()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var code = await nodes.OpenRoomWithTrunkAsync();
        await using var phone = await Started("engine7");
        Assert.Equal(200, await phone.CallAsync(nodes.Sip(0), code.Value));

        var outcome = await phone.Call!.ReferAsync(new NameAddr(SipUri.Create("9999", "hub"))).WaitAsync(Patience);

        Assert.Equal(404, outcome.Status);
        Assert.Equal(LegStatus.Up, (await LegAsync(nodes, code)).Status);
        Assert.Null(phone.End);
    }

    [Fact]
    public async Task A_phone_takes_the_place_of_another_of_its_agency_whichever_node_has_it()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var code = await nodes.OpenRoomWithTrunkAsync();
        await using var first = await Started("engine7");
        await using var second = await Started("battalion1");
        Assert.Equal(200, await first.CallAsync(nodes.Sip(0), code.Value));
        var dialog = first.Call!.State;

        Assert.Equal(200, await second.CallAsync(nodes.Sip(1), code.Value, new Replaces(dialog.CallId, dialog.RemoteTag, dialog.LocalTag, EarlyOnly: false)));

        await Eventually.Holds(() => first.End?.Kind == CallEndKind.RemoteBye, "the first phone was hung up");
        var leg = Assert.Single((await LookAsync(nodes, code)).Legs);
        Assert.Equal((Leg, LegStatus.Up, "battalion1"), (leg.Id, leg.Status, leg.Party.Name));
        Assert.Null(second.End);
        Assert.Equal(481, await first.CallAsync(nodes.Sip(0), code.Value, new Replaces("nobody", "a", "b", EarlyOnly: false)));
    }

    [Fact]
    public async Task A_phone_that_hangs_up_at_another_node_has_left()
    {
        using var data = new DataDirectory();
        await using var nodes = await BridgedCluster.Start(data.Path);
        var code = await nodes.OpenRoomWithTrunkAsync();
        await using var phone = await Started("engine7");
        Assert.Equal(200, await phone.CallAsync(nodes.Sip(0), code.Value));
        var there = phone.Call!.State with { RemoteTarget = $"sip:{code}@{nodes.Sip(1)}", PeerEndPoint = nodes.Sip(1).ToString() };
        await phone.FallSilentAsync();
        await phone.StartAsync();

        await phone.Stack.Resume(there).ByeAsync().WaitAsync(Patience);

        await Eventually.Holds(async () => (await LegAsync(nodes, code)) is { Status: LegStatus.Gone, Cause: "hung up" }, "the leg has left");
    }

    private static async Task<DeskPhone> Started(string name)
    {
        var phone = new DeskPhone(name);
        await phone.StartAsync();
        return phone;
    }

    private static async Task<LegView> LegAsync(BridgedCluster nodes, RoomCode code) => (await LookAsync(nodes, code)).Legs.Single(leg => leg.Id == Leg);

    private static async Task<RoomSnapshot> LookAsync(BridgedCluster nodes, RoomCode code) => (await nodes.Room(code).Look(Cast.Dispatcher)).Value!;
}
