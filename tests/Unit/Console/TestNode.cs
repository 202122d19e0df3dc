using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Recording;
using Interop.Bridges.Sip;
using Interop.Console.Host;
using Interop.Console.Host.Commands;
using Interop.Console.Host.Provisioning;
using Interop.Console.Host.Settings;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Tests.Unit.Console;

/// <summary>A whole node in this process, on free ports of the loopback and a data directory of its own.</summary>
public sealed class TestNode : IAsyncLifetime
{
    public const string Dispatcher = "a-dispatchers-token-of-32-characters";

    public const string Administrator = "an-administrators-token-of-32-chars";

    public const string Observer = "an-observers-token-of-32-characters!";

    public const string OnlyAlerts = "a-token-of-an-administrator-for-alerts";

    public const string Ended = "a-token-of-an-administrator-that-ended";

    public const string Sensor = "a-sensors-token-of-32-characters-ok!";

    private static string File => $$"""
        { "agencies": [ { "id": "hpd", "name": "Hartford Police Department", "level": "city" }, { "id": "ctic", "name": "CTIC", "level": "state" }, { "id": "lab", "name": "Laboratory", "level": "private" } ],
          "trunks": [ { "id": "city", "agency": "hpd", "from": ["192.0.2.0/25"] } ],
          "people": [ { "id": "pat", "agency": "ctic", "name": "Pat", "role": "member", "email": "pat@ctic.example" } ],
          "endpoints": [ { "id": "desk", "agency": "ctic", "name": "Desk", "user": "ctic-desk", "password": "mellon-mellon" } ],
          "channels": [ { "id": "patrol-north", "agency": "hpd", "name": "Patrol North", "gateway": { "kind": "rtp", "receive": "239.10.9.1:5004" } }{{WalkNets}} ],
          "tokens": [ { "id": "desk", "agency": "hpd", "role": "dispatcher", "secret": "{{Dispatcher}}" },
                      { "id": "admin", "agency": "hpd", "role": "administrator", "secret": "{{Administrator}}" },
                      { "id": "sensor", "agency": "hpd", "role": "integration", "secret": "{{Sensor}}" },
                      { "id": "eyes", "agency": "hpd", "role": "observer", "secret": "{{Observer}}" },
                      { "id": "only-alerts", "agency": "hpd", "role": "administrator", "secret": "{{OnlyAlerts}}", "scopes": ["alerts"] },
                      { "id": "ended", "agency": "hpd", "role": "administrator", "secret": "{{Ended}}", "ends": "2026-01-01T00:00:00Z" }{{WalkTokens}} ],
          "rooms": [ { "code": "4201", "title": "Standing room", "owner": "hpd" } ],
          "playbooks": [ { "id": "shots", "owner": "hpd", "when": { "event": "Gunshot" }, "open": { "title": "Shots: {areaDesc}", "invite": ["ctic"] } } ] }
        """;

    private static string WalkTokens => string.Concat(
        from agency in s_agencies
        from role in Enum.GetNames<Role>()
        select $$""", { "id": "walk-{{role.ToLowerInvariant()}}", "agency": "{{agency}}", "role": "{{role.ToLowerInvariant()}}", "secret": "{{Token(agency, Enum.Parse<Role>(role))}}" }""");

    /// <summary>A channel of each, on which nobody sends.</summary>
    private static string WalkNets => string.Concat(s_agencies.Select(static (agency, at) =>
        $$""", { "id": "walk-net", "agency": "{{agency}}", "name": "Walk", "gateway": { "kind": "rtp", "receive": "239.10.9.{{10 + at}}:5004" } }"""));

    private static readonly string[] s_agencies = ["hpd", "ctic", "lab"];

    private WebApplication? _app;
    private DirectoryInfo? _data;

    /// <summary>Where the node's console is.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    internal IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        _data = Directory.CreateTempSubdirectory("interop-node-");
        var (settings, errors) = NodeSettings.Read(new Microsoft.Extensions.Configuration.ConfigurationManager());
        Assert.Empty(errors);
        settings = settings with
        {
            Web = new WebOptions(["http://127.0.0.1:0"]),
            Data = new DataOptions(_data.FullName),
            Recording = settings.Recording with { Recorder = new RecorderOptions(Path.Combine(_data.FullName, "recordings"), 0) },
            SignIn = settings.SignIn with { AttemptsPerMinute = 10_000 },
            Voice = settings.Voice with { Sip = new SipBridgeOptions([IPAddress.Loopback], 0, AddressMap.Empty) },
        };
        var (file, faults) = ProvisioningReader.Read(Encoding.UTF8.GetBytes(File));
        Assert.Empty(faults);
        _app = RunNode.Builder().AddNode(settings, file).Build().MapNode();
        await _app.PrepareDatabase(CancellationToken.None);
        await _app.PrepareSignIn(CancellationToken.None);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _data!.Delete(recursive: true);
    }

    /// <summary>The secret of a token of an agency's with a role.</summary>
    public static string Token(string agency, Role role) => $"{agency}-{role}-a-token-of-32-characters-or-more";

    /// <summary>A client with a token, or with nothing.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}

/// <summary>Shortens what every test of the node's answers does.</summary>
internal static class NodeCalls
{
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, string json = "{}", string mediaType = "application/json") =>
        client.PostAsync(path, new StringContent(json, Encoding.UTF8, mediaType));

    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> sending, HttpStatusCode expected)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} and not {(int)expected}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The code of the problem that an answer must be.</summary>
    public static async Task<string> Problem(this Task<HttpResponseMessage> sending, HttpStatusCode expected)
    {
        using var response = await sending;
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Text("code");
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

[CollectionDefinition(Name)]
public sealed class NodeCollection : ICollectionFixture<TestNode>
{
    public const string Name = "node";
}
