using System.Text.Json;

namespace Interop.Tests.Unit.Console;

[Collection(NodeCollection.Name)]
public sealed class NodeLiveTests(TestNode node)
{
    [Fact]
    public async Task Changes_of_a_watched_room_come_numbered_from_its_snapshot_on()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var client = node.Client(TestNode.Dispatcher);
        var room = (await client.Post("/api/rooms", """{"title":"Live","type":"test"}""").Json(System.Net.HttpStatusCode.Created)).Text("code");
        using var live = await Connect(limit.Token);

        var snapshot = (await live.Ask("WatchRoom", $"\"{room}\"", limit.Token)).GetProperty("result");
        for (var line = 0; line < 3; line++)
            await client.Post($"/api/rooms/{room}/chat", $$"""{"text":"line {{line}}"}""").Json(System.Net.HttpStatusCode.Created);

        var revision = snapshot.GetProperty("revision");
        for (var next = 1; next <= 3; next++)
        {
            var delta = (await live.Next("roomDelta", limit.Token)).GetProperty("arguments")[0];
            Assert.Equal(revision.GetProperty("epoch").GetInt64(), delta.GetProperty("revision").GetProperty("epoch").GetInt64());
            Assert.Equal(revision.GetProperty("number").GetInt64() + next, delta.GetProperty("revision").GetProperty("number").GetInt64());
            Assert.Equal("chat", delta.GetProperty("changes")[0].Text("kind"));
        }
    }

    [Fact]
    public async Task The_lists_show_what_is_and_then_what_opens()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var live = await Connect(limit.Token);

        var lists = (await live.Ask("WatchLists", "", limit.Token)).GetProperty("result");
        Assert.Contains(lists.GetProperty("rooms").EnumerateArray(), room => room.Text("code") == "4201");

        var client = node.Client(TestNode.Dispatcher);
        var opened = (await client.Post("/api/rooms", """{"title":"Listed","type":"test"}""").Json(System.Net.HttpStatusCode.Created)).Text("code");
        string listed;
        do
            listed = (await live.Next("roomListed", limit.Token)).GetProperty("arguments")[0].Text("code");
        while (listed != opened);
        await client.Post("/api/alerts", """{"id":"live-1","source":"s","event":"smoke"}""").Json(System.Net.HttpStatusCode.Created);
        Assert.Equal("s|live-1", (await live.Next("alertListed", limit.Token)).GetProperty("arguments")[0].Text("id"));
    }

    [Fact]
    public async Task To_an_integration_the_live_lists_are_of_alerts_only()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var live = await Connect(limit.Token, TestNode.Sensor);

        Assert.Empty((await live.Ask("WatchLists", "", limit.Token)).GetProperty("result").GetProperty("rooms").EnumerateArray());
        await node.Client(TestNode.Dispatcher).Post("/api/rooms", """{"title":"Hidden","type":"test"}""").Json(System.Net.HttpStatusCode.Created);
        await node.Client(TestNode.Sensor).Post("/api/alerts", """{"id":"live-2","source":"s","event":"smoke"}""").Json(System.Net.HttpStatusCode.Created);

        JsonElement told;
        do
            told = await live.Receive(limit.Token);
        while (!told.TryGetProperty("target", out _));
        Assert.Equal("alertListed", told.Text("target"));
    }

    [Fact]
    public async Task A_room_that_is_not_there_is_refused_in_words()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var live = await Connect(limit.Token);

        Assert.Contains("no room", (await live.Ask("WatchRoom", "\"4999\"", limit.Token)).Text("error"), StringComparison.Ordinal);
    }

    private Task<LiveClient> Connect(CancellationToken cancel, string token = TestNode.Dispatcher) => LiveClient.Connect(node.Address, token, cancel);
}
