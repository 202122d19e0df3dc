using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Interop.Console.Host.Live;
using Interop.Hub.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Tests.Unit.Console.Authority;

/// <summary>Every route and every live method, as every role of the room's owner, of a member and of an agency that is neither, and as nobody.</summary>
[Collection(NodeCollection.Name)]
public sealed class WalkTests(TestNode node)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_route_has_its_door()
    {
        var mapped = node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api", StringComparison.Ordinal) == true)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"));

        Assert.Equal(Door.All.Select(door => door.ToString()).Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_sign_in_no_door_opens_but_those_of_the_sign_in()
    {
        var room = await Room();
        using var nobody = node.Client();
        foreach (var door in Door.All.Where(door => door.Opens is not null))
            Assert.True((await Try(nobody, door, room)).Status == HttpStatusCode.Unauthorized, $"{door} opens to nobody");
    }

    [Fact]
    public async Task Each_door_opens_to_those_that_the_table_names_and_to_nobody_else()
    {
        var room = await Room();
        var wrong = new List<string>();
        foreach (var who in Who.All)
        {
            using var client = node.Client(who.Token);
            foreach (var door in Door.All.Where(door => door.Opens is not null))
            {
                var (status, code) = await Try(client, door, room);
                // To those who may not know of a room, it is not there, whatever they ask of it.
                var expected = door.IsOfRoom && !who.Reads ? "not there" : door.Opens!(who) ? "open" : "shut";
                var seen = code == "room.unknown" ? "not there" : status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized ? "shut" : "open";
                if (seen != expected || (int)status >= 500)
                    wrong.Add($"{door} as {who.Role} of the {who.Standing}: {seen} ({(int)status} {code}), and should be {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_token_reaches_the_parts_that_it_was_given_for_and_one_that_ended_none()
    {
        var room = await Room();
        using var alerts = node.Client(TestNode.OnlyAlerts);
        using var ended = node.Client(TestNode.Ended);
        foreach (var door in Door.All.Where(door => door.Opens is not null && !door.Pattern.StartsWith("/api/guest", StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await Try(ended, door, room)).Status);
            Assert.Equal(!door.Pattern.StartsWith("/api/alerts", StringComparison.Ordinal), (await Try(alerts, door, room)).Code == "token.scope");
        }

        await Assert.ThrowsAnyAsync<Exception>(() => LiveClient.Connect(node.Address, TestNode.OnlyAlerts, Cancel));
        await Assert.ThrowsAnyAsync<Exception>(() => LiveClient.Connect(node.Address, TestNode.Ended, Cancel));
    }

    [Fact]
    public async Task What_an_agency_offers_is_all_that_others_see_of_it()
    {
        foreach (var who in Who.All)
        {
            using var client = node.Client(who.Token);
            var directory = await client.GetAsync("/api/directory", Cancel).Json(HttpStatusCode.OK);
            foreach (var other in directory.EnumerateArray().Where(agency => agency.GetProperty("agency").Text("id") != who.Agency))
            {
                foreach (var hidden in new[] { "endpoints", "people", "destinations", "trunks", "tokens", "playbooks" })
                    Assert.True(!other.TryGetProperty(hidden, out var value) || value.ValueKind == JsonValueKind.Null, $"{who.Agency} sees {hidden} of {other.GetProperty("agency").Text("id")}");
                foreach (var channel in other.GetProperty("channels").EnumerateArray())
                    Assert.True(!channel.TryGetProperty("gateway", out var gateway) || gateway.ValueKind == JsonValueKind.Null);
            }
        }
    }

    [Fact]
    public async Task An_invitation_is_answered_by_the_invited_and_not_for_them()
    {
        var room = await Room();
        foreach (var who in Who.All.Where(who => who.Reads))
        {
            using var client = node.Client(who.Token);
            var answer = await client.Post($"/api/rooms/{room}/invites/invite-1/answer", """{"accept":true}""");
            Assert.Equal(who is { Standing: Standing.Member, Role: >= Role.Commander } ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Who_may_not_open_a_room_uses_no_dial_code_up()
    {
        using var observer = node.Client(TestNode.Token("hpd", Role.Observer));
        using var dispatcher = node.Client(TestNode.Token("hpd", Role.Dispatcher));
        observer.DefaultRequestHeaders.Add("Idempotency-Key", "walk");

        Assert.Equal("room.not-allowed", await observer.Post("/api/rooms", """{"title":"Mine","type":"test"}""").Problem(HttpStatusCode.Forbidden));
        var given = await dispatcher.GetAsync("/api/rooms", Cancel).Json(HttpStatusCode.OK);
        Assert.DoesNotContain(given.EnumerateArray(), room => room.Text("title") == "Mine");
    }

    [Fact]
    public async Task Every_live_method_is_for_those_who_may_see_the_room()
    {
        var methods = typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.GetBaseDefinition().DeclaringType == typeof(LiveHub)).Select(method => method.Name);
        Assert.Equal(["LeaveRoom", "Talk", "WatchLists", "WatchRoom"], methods.Order(StringComparer.Ordinal));

        var room = await Room();
        foreach (var who in Who.All)
        {
            using var live = await LiveClient.Connect(node.Address, who.Token, Cancel);
            var watched = await live.Ask("WatchRoom", $"\"{room}\"", Cancel);
            Assert.Equal(who.Reads, watched.TryGetProperty("result", out _));
            var lists = (await live.Ask("WatchLists", "", Cancel)).GetProperty("result").GetProperty("rooms");
            Assert.Equal(who.Reads, lists.EnumerateArray().Any(listed => listed.Text("code") == room));
            // Nobody talks by a leg that is not their own.
            var talk = (await live.Ask("Talk", $"\"{room}\",\"none\",true", Cancel)).GetProperty("result");
            Assert.Equal(who.Reads ? "leg.unknown" : "room.unknown", talk.Text("code"));
            Assert.False((await live.Ask("LeaveRoom", $"\"{room}\"", Cancel)).TryGetProperty("error", out _));
        }
    }

    private async Task<string> Room()
    {
        using var owner = node.Client(TestNode.Token("hpd", Role.Dispatcher));
        using var member = node.Client(TestNode.Token("ctic", Role.Dispatcher));
        var room = (await owner.Post("/api/rooms", """{"title":"Walk","type":"test","invites":["ctic"]}""").Json(HttpStatusCode.Created)).Text("code");
        await member.Post($"/api/rooms/{room}/invites/invite-1/answer", """{"accept":true}""").Json(HttpStatusCode.OK);
        return room;
    }

    private static async Task<(HttpStatusCode Status, string Code)> Try(HttpClient client, Door door, string room)
    {
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), door.PathTo(room));
        if (door.Body is not null)
            request.Content = new StringContent(door.Body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonDocument.Parse(text).RootElement.Text("code") : "");
    }
}
