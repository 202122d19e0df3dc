using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Databases;
using Interop.Tests.Peers.Hub;

namespace Interop.Tests.Interop.Held;

/// <summary>What nodes have in common is in PostgreSQL: another node goes on where one was killed.</summary>
public sealed class SharedStorageFacts
{
    private const string Password = "a sentence that is easy to remember";

    [Fact]
    public async Task Another_node_has_the_rooms_the_people_and_their_sessions_of_one_that_was_killed()
    {
        await using var postgres = await Postgres.Start();
        var (place, other) = (new Workplace("shared-first"), new Workplace("shared-second"));
        var secret = place.File("postgres");
        await File.WriteAllTextAsync(secret, await postgres.NewDatabase(overTcp: true) + "\n");
        await using var first = await HubProcess.Start(place, null, ("Data__Postgres", secret));
        // Printed once everything is up, and so after the hub is ready.
        await Until.True("the set-up link", () => first.Tail.Contains("/setup#", StringComparison.Ordinal));
        using var cookies = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(cookies);
        await Do(browser, first, "/api/setup", new
        {
            token = first.SetupLink.Fragment[1..],
            agency = new { id = "hpd", name = "Hartford Police Department", level = "city" },
            name = "Pat",
            email = "pat@hpd.example",
            password = Password,
        });
        var code = (await Do(browser, first, "/api/rooms", new { title = "Barricade at Main Street", type = "hostage" })).GetProperty("code").GetString();
        await Do(browser, first, $"/api/rooms/{code}/chat", new { text = "Hold the perimeter" });
        await first.Kill();

        await using var second = await HubProcess.Start(other, null, ("Data__Postgres", secret));

        var room = await browser.GetFromJsonAsync<JsonElement>(new Uri(second.Console, $"/api/rooms/{code}"));
        Assert.Contains("Hold the perimeter", room.GetProperty("chat").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Pat", (await browser.GetFromJsonAsync<JsonElement>(new Uri(second.Console, "/api/session"))).GetProperty("name").GetString());
        Assert.False((await browser.GetFromJsonAsync<JsonElement>(new Uri(second.Console, "/api/setup"))).GetProperty("needed").GetBoolean());
        await Do(browser, second, $"/api/rooms/{code}/chat", new { text = "Still holding" });
        using (var stranger = new HttpClient())
            await Do(stranger, second, "/api/session", new { email = "pat@hpd.example", password = Password });
        var verified = await second.Command("journal", "verify");
        Assert.True(verified.Code == 0 && verified.Printed.Contains("OK: ", StringComparison.Ordinal), verified.Printed);
        Assert.Empty(Directory.EnumerateFiles(second.DataDirectory, "*.db*", SearchOption.AllDirectories));
        await second.Stop();
        foreach (var printed in new[] { first.Tail, second.Tail, await Logs(place), await Logs(other) })
            Assert.DoesNotContain(postgres.Password, printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_stops_the_start_and_names_the_setting_and_no_secret()
    {
        var refused = await HubProcess.StartRefused(
            new Workplace("shared-nowhere"), LabProvisioning.Text(), ("Data__Postgres", $"Host=127.0.0.1;Port={Ports.One()};Database=interop;Username=interop;Password=topsecret"));
        Assert.Contains("Data:Postgres: ", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", refused, StringComparison.Ordinal);
    }

    private static async Task<string> Logs(Workplace place) =>
        string.Concat(await Task.WhenAll(Directory.EnumerateFiles(place.Folder("data/logs"), "*", SearchOption.AllDirectories).Select(static file => File.ReadAllTextAsync(file))));

    private static async Task<JsonElement> Do(HttpClient browser, HubProcess hub, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Console, path)) { Content = JsonContent.Create(body) };
        request.Headers.Add("Origin", hub.Console.GetLeftPart(UriPartial.Authority));
        using var answer = await browser.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path} was answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
