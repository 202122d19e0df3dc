using System.Net;
using System.Text.Json;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;

namespace Interop.Tests.Interop.Alerts;

public sealed class AlertLab() : LabFixture("alerts");

/// <summary>An alert opens its room by the playbook, once, and what is no alert is refused with the reason.</summary>
public sealed class AlertFacts(AlertLab lab) : IClassFixture<AlertLab>
{
    private const string Cap = "application/cap+xml";
    private const string Json = "application/json";

    [Fact]
    public async Task A_cap_alert_opens_the_playbooks_room_with_its_invite_and_the_same_one_again_does_not()
    {
        var alert = CapAlert("cap-1", "Alert", "Barbour and Capen");

        var first = await Post(alert, Cap);
        var again = await Post(alert, Cap);

        var room = await RoomTitled("Shots fired: Barbour and Capen");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, again.Status));
        Assert.True(again.Body.GetProperty("duplicate").GetBoolean());
        Assert.Equal("ctic", Assert.Single(room.GetProperty("invites").EnumerateArray()).GetProperty("agency").GetString());
        Assert.Equal("shooting", room.GetProperty("header").GetProperty("type").GetString());
        Assert.Single(await RoomsTitled("Shots fired: Barbour and Capen"));
        Assert.Single(await AlertsWith("cap-1"));
    }

    [Fact]
    public async Task An_update_updates_the_alert_in_its_room_and_opens_no_second_room()
    {
        await Post(JsonAlert("json-1", "new", "Main and Park", "Two shots"), Json);
        var room = (await RoomTitled("Shots fired: Main and Park")).GetProperty("code").GetString()!;

        var update = await Post(
            """{ "source": "shotspotter", "id": "json-1b", "action": "update", "references": ["json-1"], "event": "gunshot", "headline": "Nine shots", "areaDesc": "Main and Park" }""",
            Json);

        await Until.Found("the update in the room", async () =>
            (await lab.Hpd.Room(room)).GetProperty("alerts").EnumerateArray()
                .Any(alert => alert.GetProperty("headline").GetString() == "Nine shots" && alert.GetProperty("revision").GetInt32() == 2) ? "there" : null);
        Assert.True((int)update.Status is 200 or 201, $"{(int)update.Status} {update.Text}");
        Assert.Single(await RoomsTitled("Shots fired: Main and Park"));
    }

    [Fact]
    public async Task An_alert_that_no_playbook_takes_is_listed_and_opens_nothing()
    {
        var before = (await lab.Hpd.Get("/api/rooms")).Body.GetArrayLength();

        await Post("""{ "source": "weather", "id": "flood-1", "event": "flood", "headline": "River high" }""", Json);

        Assert.Equal(JsonValueKind.Null, Assert.Single(await AlertsWith("flood-1")).GetProperty("room").ValueKind);
        Assert.Equal(before, (await lab.Hpd.Get("/api/rooms")).Body.GetArrayLength());
    }

    [Fact]
    public async Task A_cap_alert_without_its_event_is_refused_naming_the_element_and_the_line()
    {
        var broken = CapAlert("cap-bad", "Alert", "Nowhere").Replace("<event>gunshot</event>", "", StringComparison.Ordinal);

        var answer = await Post(broken, Cap);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("event", answer.Text, StringComparison.Ordinal);
        Assert.Matches("[Ll]ine [0-9]+", answer.Text);
        Assert.Empty(await AlertsWith("cap-bad"));
    }

    [Theory]
    [InlineData("<alert><unclosed></alert>", Cap, "ine 1")]
    [InlineData("{ \"source\": \"s\", \"id\": \"x\" }", Json, "event")]
    [InlineData("{ \"source\": \"s\", \"id\": 7, \"event\": \"gunshot\" }", Json, "id")]
    [InlineData("{ not json", Json, "ine 1")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><alert>&b;</alert>", Cap, "document type")]
    public async Task What_is_no_alert_is_refused_naming_the_line_or_the_field(string body, string mediaType, string named)
    {
        var answer = await Post(body, mediaType);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(named, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_that_is_too_large_is_answered_413()
    {
        var answer = await Post(JsonAlert("large", "new", "Here", new string('x', 2_000_000)), Json);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Fact]
    public async Task Without_a_token_and_with_a_wrong_one_nothing_is_taken()
    {
        using var nobody = new HubApi(lab.Hub.Console, null);
        using var somebody = new HubApi(lab.Hub.Console, "a-token-that-nobody-was-ever-given-000000");
        var alert = JsonAlert("stolen", "new", "Here", "Shots");

        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostText("/api/alerts", alert, Json)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await somebody.PostText("/api/alerts", alert, Json)).Status);
        Assert.Empty(await AlertsWith("stolen"));
    }

    private async Task<ApiAnswer> Post(string text, string mediaType)
    {
        using var sensor = new HubApi(lab.Hub.Console, LabProvisioning.SensorToken);
        return await sensor.PostText("/api/alerts", text, mediaType);
    }

    private async Task<JsonElement[]> RoomsTitled(string title) =>
        [.. (await lab.Hpd.Get("/api/rooms")).Body.EnumerateArray().Where(room => room.GetProperty("title").GetString() == title)];

    private async Task<JsonElement> RoomTitled(string title)
    {
        var listed = await Until.Found($"a room titled \"{title}\"", async () => await RoomsTitled(title) is { Length: > 0 } rooms ? rooms : null);
        return await lab.Hpd.Room(listed[0].GetProperty("code").GetString()!);
    }

    private async Task<JsonElement[]> AlertsWith(string id) =>
        [.. (await lab.Hpd.Get("/api/alerts")).Body.EnumerateArray().Where(alert => alert.GetProperty("id").GetString()!.Contains(id, StringComparison.Ordinal))];

    private static string JsonAlert(string id, string action, string area, string headline) =>
        JsonSerializer.Serialize(new { source = "shotspotter", id, action, @event = "gunshot", headline, areaDesc = area });

    private static string CapAlert(string id, string type, string area) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>{id}</identifier>
          <sender>sensors@hartford.example</sender>
          <sent>2026-11-20T10:00:00-05:00</sent>
          <status>Actual</status>
          <msgType>{type}</msgType>
          <scope>Restricted</scope>
          <restriction>Public safety</restriction>
          <info>
            <category>Safety</category>
            <event>gunshot</event>
            <urgency>Immediate</urgency>
            <severity>Severe</severity>
            <certainty>Observed</certainty>
            <headline>Gunshots heard</headline>
            <area><areaDesc>{area}</areaDesc></area>
          </info>
        </alert>
        """;
}
