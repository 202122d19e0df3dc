using System.Net;

namespace Interop.Tests.Unit.Console;

[Collection(NodeCollection.Name)]
public sealed class NodeProvisioningTests(TestNode node)
{
    private readonly HttpClient _administrator = node.Client(TestNode.Administrator);

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        const string file = """
            { "people": [ { "id": "dee", "agency": "hpd", "name": "Dee", "role": "member", "email": "dee@hpd.example", "password": "twelve-chars-ok" } ],
              "cameras": [ { "id": "roof", "agency": "hpd", "name": "Roof", "url": "https://cam.example/roof" } ],
              "rooms": [ { "code": "4301", "title": "Second", "owner": "hpd" } ] }
            """;

        var first = await _administrator.Post("/api/provisioning", file).Json(HttpStatusCode.OK);
        var second = await _administrator.Post("/api/provisioning", file).Json(HttpStatusCode.OK);

        Assert.Equal((3, 0), (first.GetProperty("changed").GetInt32(), first.GetProperty("unchanged").GetInt32()));
        Assert.Equal((0, 3), (second.GetProperty("changed").GetInt32(), second.GetProperty("unchanged").GetInt32()));
        await node.Client().Post("/api/session", """{"email":"dee@hpd.example","password":"twelve-chars-ok"}""").Json(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_closed_standing_room_is_not_opened_again_by_the_same_file()
    {
        const string file = """{ "rooms": [ { "code": "4302", "title": "Third", "owner": "hpd" } ] }""";
        await _administrator.Post("/api/provisioning", file).Json(HttpStatusCode.OK);
        await _administrator.PostAsync("/api/rooms/4302/close", null).Json(HttpStatusCode.Accepted);

        await _administrator.Post("/api/provisioning", file).Json(HttpStatusCode.OK);

        Assert.Equal("closing", (await _administrator.GetAsync("/api/rooms/4302").Json(HttpStatusCode.OK)).Text("state"));
    }

    [Fact]
    public async Task An_export_can_be_applied_again_and_holds_no_secret()
    {
        var export = (await _administrator.GetAsync("/api/provisioning").Json(HttpStatusCode.OK)).GetRawText();

        Assert.DoesNotContain(TestNode.Dispatcher, export, StringComparison.Ordinal);
        Assert.Empty(ProvisioningSamples.Read(export).Errors);
        Assert.Contains("\"4201\"", export, StringComparison.Ordinal);
        Assert.Contains("secretHash", export, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_provisions_another_agency() =>
        Assert.Equal("provisioning.other-agency", await _administrator
            .Post("/api/provisioning", """{ "tokens": [ { "agency": "ctic", "role": "administrator", "secret": "a-token-in-another-agencys-name-0000" } ] }""")
            .Problem(HttpStatusCode.Forbidden));

    [Theory]
    [InlineData("people", """{ "id": "x", "agency": "hpd", "name": "X", "role": "member", "email": "PAT@ctic.example" }""", "$.people[0].email")]
    [InlineData("endpoints", """{ "id": "x", "agency": "hpd", "name": "X", "user": "ctic-desk", "password": "not-their-password" }""", "$.endpoints[0].user")]
    [InlineData("trunks", """{ "id": "x", "agency": "hpd", "from": ["198.51.100.0/24"] }""", "$.trunks[0].from")]
    [InlineData("trunks", """{ "id": "city", "agency": "hpd", "from": ["192.0.2.0/24"] }""", "$.trunks[0].from")]
    public async Task An_administrator_takes_no_name_of_another_agency_and_sets_no_networks(string kind, string entry, string field)
    {
        var problem = await _administrator.Post("/api/provisioning", $$"""
            { "cameras": [ { "id": "beside-{{kind}}", "agency": "hpd", "name": "Beside", "url": "https://cam.example/1" } ], "{{kind}}": [ {{entry}} ] }
            """).Json(HttpStatusCode.Conflict);

        Assert.Equal("provisioning.refused", problem.Text("code"));
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateArray()).Text("path"));
        var export = (await _administrator.GetAsync("/api/provisioning").Json(HttpStatusCode.OK)).GetRawText();
        Assert.DoesNotContain($"beside-{kind}", export, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_applies_their_own_export_with_its_trunks()
    {
        var export = (await _administrator.GetAsync("/api/provisioning").Json(HttpStatusCode.OK)).GetRawText();

        Assert.Contains("192.0.2.0/25", export, StringComparison.Ordinal);
        await _administrator.Post("/api/provisioning", export).Json(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_with_errors_is_refused_with_all_of_them()
    {
        var problem = await _administrator.Post("/api/provisioning", """{ "cameras": [ { "id": "a b", "agency": "hpd", "nam": "x", "url": "https://x" } ] }""").Json(HttpStatusCode.BadRequest);

        Assert.Equal("provisioning.invalid", problem.Text("code"));
        Assert.Equal(3, problem.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task A_dispatcher_neither_exports_nor_applies()
    {
        var dispatcher = node.Client(TestNode.Dispatcher);

        await dispatcher.GetAsync("/api/provisioning").Problem(HttpStatusCode.Forbidden);
        await dispatcher.Post("/api/provisioning").Problem(HttpStatusCode.Forbidden);
    }
}
