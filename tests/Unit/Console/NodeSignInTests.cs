using System.Net;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Tests.Unit.Console;

[Collection(NodeCollection.Name)]
public sealed class NodeSignInTests(TestNode node)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task The_newest_setup_link_makes_one_administrator_and_no_link_makes_another()
    {
        await using var scope = node.Services.CreateAsyncScope();
        var setup = scope.ServiceProvider.GetRequiredService<Setup>();
        var older = await setup.Invite(CancellationToken.None);
        var token = await setup.Invite(CancellationToken.None);

        Assert.Equal("setup.link", await node.Client().Post("/api/setup", Form(older, "older@hpd.example", Password)).Problem(HttpStatusCode.Forbidden));
        Assert.Equal("password.weak", await node.Client().Post("/api/setup", Form(token, "first@hpd.example", "short")).Problem(HttpStatusCode.BadRequest));
        var session = await node.Client().Post("/api/setup", Form(token, "first@hpd.example", Password)).Json(HttpStatusCode.OK);
        Assert.Equal("administrator", session.Text("role"));
        Assert.False((await node.Client().GetAsync("/api/setup").Json(HttpStatusCode.OK)).GetProperty("needed").GetBoolean());

        var left = await setup.Invite(CancellationToken.None);
        Assert.Equal("setup.done", await node.Client().Post("/api/setup", Form(left, "second@hpd.example", Password)).Problem(HttpStatusCode.Forbidden));
        Assert.NotNull(await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().Spend(OneTimeLink.Setup, left, CancellationToken.None));
    }

    [Fact]
    public async Task A_link_spent_by_two_at_once_goes_to_one()
    {
        await using var scope = node.Services.CreateAsyncScope();
        var token = await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().Issue("both", new AgencyId("hpd"), "x", CancellationToken.None);

        var spent = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var own = node.Services.CreateAsyncScope();
            return await own.ServiceProvider.GetRequiredService<OneTimeLinks>().Spend("both", token, CancellationToken.None);
        }));

        Assert.Single(spent, link => link is not null);
    }

    [Fact]
    public async Task A_new_person_chooses_a_password_and_acts_under_their_own_name()
    {
        var session = await Person("Anna Ferrari", "anna@hpd.example", "dispatcher");

        var line = await Send(session, "/api/rooms/4201/chat", """{"text":"Here"}""").Json(HttpStatusCode.Created);
        Assert.Equal("Anna Ferrari", line.Text("from"));
        Assert.Equal("console", line.Text("via"));
    }

    [Fact]
    public async Task A_session_without_the_consoles_origin_changes_nothing()
    {
        var session = await Person("Ben Ortiz", "ben@hpd.example", "dispatcher");

        Assert.Equal("request.foreign-origin", await Send(session, "/api/rooms/4201/chat", """{"text":"x"}""", origin: null).Problem(HttpStatusCode.Forbidden));
        Assert.Equal("request.foreign-origin", await Send(session, "/api/rooms/4201/chat", """{"text":"x"}""", origin: "http://evil.example").Problem(HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Five_failures_lock_an_account_for_its_owner_too()
    {
        await Person("Cy Young", "cy@hpd.example", "member");
        var client = node.Client();
        for (var attempt = 0; attempt < 5; attempt++)
            await client.Post("/api/session", """{"email":"cy@hpd.example","password":"a wrong password"}""").Problem(HttpStatusCode.Unauthorized);

        var right = $$"""{"email":"cy@hpd.example","password":"{{Password}}"}""";
        Assert.Equal("session.refused", await client.Post("/api/session", right).Problem(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Only_an_administrator_adds_people() =>
        Assert.Equal("people.administrator", await node.Client(TestNode.Dispatcher).Post("/api/people", """{"name":"X","email":"x@hpd.example","role":"member"}""").Problem(HttpStatusCode.Forbidden));

    private async Task<string> Person(string name, string email, string role)
    {
        var added = await node.Client(TestNode.Administrator).Post("/api/people", $$"""{"name":"{{name}}","email":"{{email}}","role":"{{role}}"}""").Json(HttpStatusCode.Created);
        var token = added.Text("link").Split('#')[1];
        using var handler = new HttpClientHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = node.Address };
        using var response = await client.Post("/api/welcome", $$"""{"token":"{{token}}","password":"{{Password}}"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        return cookie.Split(';')[0];
    }

    private Task<HttpResponseMessage> Send(string cookie, string path, string json) => Send(cookie, path, json, node.Address.GetLeftPart(UriPartial.Authority));

    private async Task<HttpResponseMessage> Send(string cookie, string path, string json, string? origin)
    {
        using var handler = new HttpClientHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        if (origin is not null)
            client.DefaultRequestHeaders.Add("Origin", origin);
        return await client.Post(path, json);
    }

    private static string Form(string token, string email, string password) =>
        $$"""{"token":"{{token}}","agency":{"id":"hpd"},"name":"First","email":"{{email}}","password":"{{password}}"}""";
}
