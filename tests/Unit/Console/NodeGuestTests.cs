using System.Net;
using System.Text.Json;

namespace Interop.Tests.Unit.Console;

/// <summary>People who come by a link, over REST.</summary>
[Collection(NodeCollection.Name)]
public sealed class NodeGuestTests(TestNode node)
{
    [Fact]
    public async Task A_link_is_looked_at_as_often_as_one_likes_and_answered_as_often_as_it_was_made_for()
    {
        var (room, link, token) = await Link("""{"for":"Commander","purpose":"advice","handling":"Law enforcement only"}""");
        for (var look = 0; look < 3; look++)
        {
            // A preview fetches the page, which uses nothing up; nor does looking.
            await node.Client().GetAsync("/join");
            var offer = await node.Client().Post("/api/guest/offer", Token(token)).Json(HttpStatusCode.OK);
            Assert.Equal(("Hartford Police Department", "advice", "Law enforcement only"), (offer.Text("agencyName"), offer.Text("purpose"), offer.GetProperty("terms").Text("handling")));
        }

        Assert.Equal("name", (await Field(node.Client().Post("/api/guest/accept", Accept(token, "")))));
        var session = await Guest().Post("/api/guest/accept", Accept(token, "Jo")).Json(HttpStatusCode.OK);
        Assert.Equal((room, "Jo (by link of desk)"), (session.Text("room"), session.Text("name")));
        Assert.Equal("usedUp", (await node.Client(TestNode.Dispatcher).GetAsync($"/api/rooms/{room}/links").Json(HttpStatusCode.OK))[0].Text("status"));
        Assert.DoesNotContain(token.Split('.')[1], (await node.Client(TestNode.Dispatcher).GetStringAsync($"/api/rooms/{room}/journal")), StringComparison.Ordinal);

        // Whatever is wrong with a link, its holder is told the same.
        var used = await Text(node.Client().Post("/api/guest/accept", Accept(token, "Kay")));
        await node.Client(TestNode.Dispatcher).DeleteAsync($"/api/rooms/{room}/links/{link}");
        foreach (var wrong in new[] { token, $"{room}.AAAA", "0000.AAAA", "4999.AAAA", "nothing", "", new string('a', 5_000) })
            foreach (var way in new[] { node.Client().Post("/api/guest/offer", Token(wrong)), node.Client().Post("/api/guest/accept", Accept(wrong, "Kay")), node.Client().Post("/api/guest/decline", Token(wrong)) })
                Assert.Equal(used, await Text(way));
    }

    [Fact]
    public async Task A_guest_has_their_room_and_no_other_address_of_the_console()
    {
        var (room, link, token) = await Link("{}");
        var guest = Guest();
        await guest.Post("/api/guest/accept", Accept(token, "Jo")).Json(HttpStatusCode.OK);
        Assert.Equal("Jo (by link of desk)", (await guest.GetAsync("/api/guest").Json(HttpStatusCode.OK)).Text("name"));
        Assert.Equal(room, (await guest.GetAsync("/api/guest/room").Json(HttpStatusCode.OK)).Text("code"));
        Assert.Equal(HttpStatusCode.NoContent, (await guest.Post("/api/guest/chat", """{"text":"here"}""")).StatusCode);
        var line = (await node.Client(TestNode.Dispatcher).GetAsync($"/api/rooms/{room}/chat").Json(HttpStatusCode.OK))[0];
        Assert.Equal(("Jo (by link of desk)", "link"), (line.Text("from"), line.Text("via")));

        foreach (var path in new[] { "/api/session", "/api/rooms", $"/api/rooms/{room}", $"/api/rooms/{room}/journal", $"/api/rooms/{room}/invites", $"/api/rooms/{room}/recordings", "/api/directory", "/api/alerts", "/api/voice/relays", "/api/provisioning" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await guest.GetAsync(path)).StatusCode);
        foreach (var path in new[] { $"/api/rooms/{room}/chat", $"/api/rooms/{room}/close", "/api/rooms", $"/api/rooms/{room}/links", "/api/people", "/live/negotiate?negotiateVersion=1" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await guest.Post(path)).StatusCode);
        // A page of another site has nothing of the guest's.
        var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/guest/chat") { Content = new StringContent("""{"text":"forged"}""", System.Text.Encoding.UTF8, "application/json") };
        foreign.Headers.Add("Origin", "http://elsewhere.example");
        guest.DefaultRequestHeaders.Remove("Origin");
        Assert.Equal("request.foreign-origin", await guest.SendAsync(foreign).Problem(HttpStatusCode.Forbidden));
        guest.DefaultRequestHeaders.Add("Origin", node.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(HttpStatusCode.NoContent, (await node.Client(TestNode.Dispatcher).DeleteAsync($"/api/rooms/{room}/links/{link}")).StatusCode);
        Assert.Equal("guest.over", await guest.GetAsync("/api/guest/room").Problem(HttpStatusCode.Forbidden));
        Assert.Equal("guest.over", await guest.Post("/api/guest/chat", """{"text":"still?"}""").Problem(HttpStatusCode.Forbidden));
        Assert.Equal("removed", (await node.Client(TestNode.Dispatcher).GetAsync($"/api/rooms/{room}/guests").Json(HttpStatusCode.OK))[0].Text("status"));
    }

    [Fact]
    public async Task A_counter_goes_to_the_inviter_and_holds_when_it_is_accepted()
    {
        var desk = node.Client(TestNode.Dispatcher);
        var room = (await desk.Post("/api/rooms", """{"title":"Counter","type":"test","invites":["ctic"]}""").Json(HttpStatusCode.Created)).Text("code");
        Assert.Equal("room.not-allowed", await desk.Post($"/api/rooms/{room}/invites/invite-1/answer", """{"accept":true,"conditions":{"listenOnly":true}}""").Problem(HttpStatusCode.Forbidden));
        Assert.Equal("invite.no-counter", await desk.Post($"/api/rooms/{room}/invites/invite-1/counter", """{"accept":true}""").Problem(HttpStatusCode.Conflict));
        Assert.Equal("person.unknown", await desk.Post($"/api/rooms/{room}/invites", """{"agency":"ctic","person":"nobody"}""").Problem(HttpStatusCode.BadRequest));
        var named = await desk.Post($"/api/rooms/{room}/invites", """{"agency":"ctic","person":"pat","patienceSeconds":60,"next":[{"agency":"ctic","role":"commander"}]}""").Json(HttpStatusCode.Created);
        Assert.Equal(("Pat", "commander"), (named.Text("personName"), named.GetProperty("next")[0].Text("role")));
    }

    private async Task<(string Room, string Link, string Token)> Link(string json)
    {
        var desk = node.Client(TestNode.Dispatcher);
        var room = (await desk.Post("/api/rooms", """{"title":"Linked","type":"test"}""").Json(HttpStatusCode.Created)).Text("code");
        var made = await desk.Post($"/api/rooms/{room}/links", json).Json(HttpStatusCode.Created);
        var token = made.Text("path").Split('#')[1];
        Assert.StartsWith($"{room}.", token, StringComparison.Ordinal);
        Assert.Equal(43, token.Split('.')[1].Length);
        return (room, made.GetProperty("link").Text("id"), token);
    }

    /// <summary>A browser that keeps its cookie.</summary>
    private HttpClient Guest()
    {
        var client = node.Client();
        client.DefaultRequestHeaders.Add("Origin", node.Address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    private static string Token(string token) => JsonSerializer.Serialize(new { token });

    private static string Accept(string token, string name) => JsonSerializer.Serialize(new { token, name });

    private static async Task<string> Text(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    private static async Task<string> Field(Task<HttpResponseMessage> sending) => (await sending.Json(HttpStatusCode.BadRequest)).Text("field");
}
