using System.Net;

namespace Interop.Tests.Unit.Console;

[Collection(NodeCollection.Name)]
public sealed class NodeAnswersTests(TestNode node)
{
    private readonly HttpClient _dispatcher = node.Client(TestNode.Dispatcher);

    [Fact]
    public async Task Without_a_token_or_session_nothing_is_shown() =>
        Assert.Equal("session.required", await node.Client().GetAsync("/api/rooms").Problem(HttpStatusCode.Unauthorized));

    [Fact]
    public async Task An_unknown_token_is_nobody() =>
        Assert.Equal("session.required", await node.Client("no-such-token-of-at-least-32-chars").GetAsync("/api/rooms/4201").Problem(HttpStatusCode.Unauthorized));

    [Fact]
    public async Task The_provisioned_room_stands_from_the_start()
    {
        var rooms = await _dispatcher.GetAsync("/api/rooms").Json(HttpStatusCode.OK);

        Assert.Contains(rooms.EnumerateArray(), room => room.Text("code") == "4201" && room.Text("title") == "Standing room" && room.Text("state") == "open");
    }

    [Fact]
    public async Task An_integration_sees_alerts_and_no_list_of_rooms()
    {
        var sensor = node.Client(TestNode.Sensor);

        Assert.Empty((await sensor.GetAsync("/api/rooms").Json(HttpStatusCode.OK)).EnumerateArray());
        await sensor.GetAsync("/api/alerts").Json(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_room_opened_twice_with_one_key_is_one_room()
    {
        var client = node.Client(TestNode.Dispatcher);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        const string room = """{"title":"Main Street","type":"fire","priority":"emergency","invites":["ctic"]}""";

        var first = await client.Post("/api/rooms", room).Json(HttpStatusCode.Created);
        var second = await client.Post("/api/rooms", room).Json(HttpStatusCode.Created);

        Assert.Equal(first.Text("code"), second.Text("code"));
        Assert.Equal("ctic", first.GetProperty("invites")[0].Text("agency"));
    }

    [Fact]
    public async Task A_closing_can_be_undone_before_its_time()
    {
        var room = await _dispatcher.Post("/api/rooms", """{"title":"Short","type":"test"}""").Json(HttpStatusCode.Created);
        var path = $"/api/rooms/{room.Text("code")}";

        var closing = await _dispatcher.PostAsync($"{path}/close", null).Json(HttpStatusCode.Accepted);
        var open = await _dispatcher.PostAsync($"{path}/reopen", null).Json(HttpStatusCode.OK);

        Assert.NotNull(closing.GetProperty("closesAt").GetString());
        Assert.Equal("open", open.Text("state"));
    }

    [Fact]
    public async Task What_is_posted_comes_back_as_it_is_shown()
    {
        var line = await _dispatcher.Post("/api/rooms/4201/chat", """{"text":"Units responding"}""").Json(HttpStatusCode.Created);
        var video = await _dispatcher.Post("/api/rooms/4201/video", """{"title":"Roof","url":"https://cam.example/roof"}""").Json(HttpStatusCode.Created);
        var share = await _dispatcher.Post("/api/rooms/4201/shares", """{"resource":"patrol-north"}""").Json(HttpStatusCode.Created);

        Assert.Equal("desk", line.Text("from"));
        Assert.Equal("Roof", video.Text("title"));
        Assert.Equal("hpd/patrol-north", share.Text("resource"));
        await _dispatcher.DeleteAsync($"/api/rooms/4201/shares/{share.Text("id")}").Json(HttpStatusCode.NoContent);
        var journal = await _dispatcher.GetAsync("/api/rooms/4201/journal").Json(HttpStatusCode.OK);
        Assert.Contains(journal.EnumerateArray(), entry => entry.Text("type") == "chat.posted");
    }

    [Theory]
    [InlineData("/api/rooms", """{"title":""}""", HttpStatusCode.BadRequest, "room.invalid")]
    [InlineData("/api/rooms", """{"title":5}""", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("/api/rooms", "{", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("/api/rooms", """{"title":"A","shares":["none"]}""", HttpStatusCode.BadRequest, "share.unknown-resource")]
    [InlineData("/api/rooms/4201/shares", """{"resource":"ctic/net"}""", HttpStatusCode.Forbidden, "share.not-yours")]
    [InlineData("/api/rooms/4299/chat", """{"text":"A"}""", HttpStatusCode.NotFound, "room.unknown")]
    [InlineData("/api/rooms/..%2f4201/chat", """{"text":"A"}""", HttpStatusCode.NotFound, "room.unknown")]
    [InlineData("/api/rooms/4201/legs", """{"uri":"sip:stranger@example.com"}""", HttpStatusCode.Forbidden, "dial.not-allowed")]
    [InlineData("/api/rooms/4201/legs", """{"uri":"tel:+18605550100"}""", HttpStatusCode.BadRequest, "dial.no-carrier")]
    [InlineData("/api/rooms/4201/legs", """{"uri":"sip:a@127.0.0.1;maddr=192.0.2.1"}""", HttpStatusCode.BadRequest, "room.invalid")]
    [InlineData("/api/rooms/4201/legs", """{"uri":"sip:a@127.0.0.1","purpose":"x"}""", HttpStatusCode.BadRequest, "room.invalid")]
    [InlineData("/api/rooms/4201/legs", """{"uri":"sip:a@127.0.0.1","ask":"yes"}""", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("/api/rooms/4201/invites", """{"agency":"ctic","call":"sip:stranger@example.com"}""", HttpStatusCode.Forbidden, "dial.not-allowed")]
    [InlineData("/api/nothing", "{}", HttpStatusCode.NotFound, "request.unknown")]
    [InlineData("/api/directory", "{}", HttpStatusCode.MethodNotAllowed, "request.method")]
    public async Task What_cannot_be_done_is_a_problem_with_a_code(string path, string body, HttpStatusCode status, string code) =>
        Assert.Equal(code, await _dispatcher.Post(path, body).Problem(status));

    [Fact]
    public async Task An_address_of_the_interface_that_is_not_there_is_no_page_of_the_console() =>
        Assert.Equal("request.unknown", await _dispatcher.GetAsync("/api/nothing").Problem(HttpStatusCode.NotFound));

    [Fact]
    public async Task An_alert_opens_one_room_and_the_same_again_none()
    {
        var cap = Alerts.AlertSamples.Text("gunshot.cap.xml").Replace("000417", "node-1", StringComparison.Ordinal);

        var first = await _dispatcher.Post("/api/alerts", cap, "application/cap+xml").Json(HttpStatusCode.Created);
        var second = await _dispatcher.Post("/api/alerts", cap, "application/cap+xml").Json(HttpStatusCode.OK);

        Assert.True(second.GetProperty("duplicate").GetBoolean());
        Assert.Equal(first.GetProperty("alert").Text("room"), second.GetProperty("alert").Text("room"));
        var room = await _dispatcher.GetAsync($"/api/rooms/{first.GetProperty("alert").Text("room")}").Json(HttpStatusCode.OK);
        Assert.Equal("Shots: Albany Avenue and Garden Street", room.Text("title"));
    }

    [Theory]
    [InlineData("text/plain", "x", HttpStatusCode.UnsupportedMediaType, "request.media-type")]
    [InlineData("application/cap+xml", "<alert/>", HttpStatusCode.BadRequest, "alert.invalid")]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest, "alert.invalid")]
    public async Task A_bad_alert_is_a_problem(string mediaType, string body, HttpStatusCode status, string code) =>
        Assert.Equal(code, await _dispatcher.Post("/api/alerts", body, mediaType).Problem(status));

    [Fact]
    public async Task An_alert_that_is_too_large_is_refused() =>
        Assert.Equal("request.too-large", await _dispatcher.Post("/api/alerts", new string(' ', 300_000)).Problem(HttpStatusCode.RequestEntityTooLarge));

    [Fact]
    public async Task An_observer_reads_and_posts_nothing()
    {
        var observer = node.Client(TestNode.Observer);

        await observer.GetAsync("/api/rooms/4201").Json(HttpStatusCode.OK);
        Assert.Equal("alert.role", await observer.Post("/api/alerts", """{"id":"1","source":"s","event":"e"}""").Problem(HttpStatusCode.Forbidden));
        await observer.Post("/api/rooms/4201/chat", """{"text":"A"}""").Problem(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_description_names_every_address_and_ids_as_texts()
    {
        var description = await node.Client().GetAsync("/openapi/v1.json").Json(HttpStatusCode.OK);

        string[] paths = ["/api/rooms", "/api/rooms/{code}", "/api/rooms/{code}/legs/{id}", "/api/alerts", "/api/provisioning"];
        Assert.All(paths, path => Assert.True(description.GetProperty("paths").TryGetProperty(path, out _), path));
        Assert.Equal("string", description.GetProperty("components").GetProperty("schemas").GetProperty("RoomCode").Text("type"));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task Health_and_metrics_answer_without_a_token(string path)
    {
        using var response = await node.Client().GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }
}
