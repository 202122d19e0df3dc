using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Interop.Tests.Peers.Processes;
using Xunit;

namespace Interop.Tests.Peers.Browsers;

/// <summary>Debian's Firefox with one page, driven by WebDriver BiDi: one command at a time, and no events.</summary>
public sealed partial class Firefox : IAsyncDisposable
{
    private static readonly TimeSpan s_starts = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan s_answers = TimeSpan.FromSeconds(30);

    /// <summary>A microphone that hums, nobody to ask for it, sound without a click before, and no visit to anybody outside.</summary>
    private const string Preferences =
        """
        user_pref("media.navigator.streams.fake", true);
        user_pref("media.navigator.permission.disabled", true);
        user_pref("media.autoplay.default", 0);
        user_pref("media.autoplay.blocking_policy", 0);
        user_pref("media.peerconnection.ice.loopback", true);
        user_pref("app.update.enabled", false);
        user_pref("app.normandy.enabled", false);
        user_pref("browser.shell.checkDefaultBrowser", false);
        user_pref("browser.aboutwelcome.enabled", false);
        user_pref("datareporting.policy.dataSubmissionEnabled", false);
        user_pref("extensions.getAddons.cache.enabled", false);
        user_pref("media.gmp-manager.updateEnabled", false);
        user_pref("network.captive-portal-service.enabled", false);
        user_pref("network.connectivity-service.enabled", false);
        user_pref("services.settings.server", "http://127.0.0.1:9/");
        user_pref("toolkit.telemetry.enabled", false);
        """;

    private readonly PeerProcess _process;
    private readonly ClientWebSocket _socket;
    private string _context = "";
    private int _asked;

    private Firefox(PeerProcess process, ClientWebSocket socket) => (_process, _socket) = (process, socket);

    /// <summary>Starts it with a profile of its own.</summary>
    public static async Task<Firefox> Start(Workplace place)
    {
        var profile = place.Folder("firefox");
        await File.WriteAllTextAsync(Path.Combine(profile, "user.js"), Preferences);
        var process = PeerProcess.Start(
            "firefox", "firefox-esr", ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"], place.Path,
            // Its own home: whoever runs the tests may have a Firefox of their own.
            new Dictionary<string, string> { ["HOME"] = profile });
        await using var started = new Started(process);
        var address = await Until.Found(
            "Firefox to take commands",
            () => Task.FromResult(process.Lines.Select(static line => Listening().Match(line)).FirstOrDefault(static match => match.Success)?.Groups["url"].Value),
            s_starts,
            () => process.Tail);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{address}/session"), CancellationToken.None);
        var firefox = new Firefox(process, socket);
        await firefox.Ask("session.new", new JsonObject { ["capabilities"] = new JsonObject() });
        var tree = await firefox.Ask("browsingContext.getTree", []);
        firefox._context = tree["contexts"]![0]!["context"]!.GetValue<string>();
        return started.Stays(firefox);
    }

    /// <summary>Opens an address, and waits until it is loaded.</summary>
    public Task Open(Uri address) =>
        Ask("browsingContext.navigate", new JsonObject { ["context"] = _context, ["url"] = address.ToString(), ["wait"] = "complete" });

    /// <summary>Runs a function in every page before the page's own scripts.</summary>
    public Task RunFirst(string function) => Ask("script.addPreloadScript", new JsonObject { ["functionDeclaration"] = function });

    /// <summary>The value of an expression in the page, which may be a promise.</summary>
    public async Task<T?> Value<T>(string expression)
    {
        var answer = await Ask("script.evaluate", new JsonObject
        {
            ["expression"] = $"(async () => JSON.stringify((await ({expression})) ?? null))()",
            ["target"] = new JsonObject { ["context"] = _context },
            ["awaitPromise"] = true,
            ["userActivation"] = true,
        });
        Assert.True(answer["type"]!.GetValue<string>() == "success", $"{expression} failed in Firefox: {answer["exceptionDetails"]?["text"]}");
        return JsonSerializer.Deserialize<T>(answer["result"]!["value"]!.GetValue<string>(), JsonSerializerOptions.Web);
    }

    /// <summary>Waits until an expression is true in the page.</summary>
    public Task BecomesTrue(string awaited, string expression, TimeSpan? limit = null) =>
        Until.Found(awaited, async () => await Value<bool>($"Boolean({expression})") ? "yes" : null, limit);

    /// <summary>Holds a key of the keyboard down, or lets it go.</summary>
    public Task Key(string key, bool down) => Ask("input.performActions", new JsonObject
    {
        ["context"] = _context,
        ["actions"] = new JsonArray(new JsonObject
        {
            ["type"] = "key",
            ["id"] = "keyboard",
            ["actions"] = new JsonArray(new JsonObject { ["type"] = down ? "keyDown" : "keyUp", ["value"] = key }),
        }),
    });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<JsonNode> Ask(string method, JsonObject parameters)
    {
        using var patience = new CancellationTokenSource(s_answers);
        var id = ++_asked;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        while (true)
        {
            var message = JsonNode.Parse(await Receive(patience.Token))!;
            if (message["id"]?.GetValue<int>() != id)
                continue;
            Assert.True(
                message["type"]?.GetValue<string>() == "success",
                string.Create(CultureInfo.InvariantCulture, $"Firefox refused {method}: {message["error"]} {message["message"]}"));
            return message["result"]!;
        }
    }

    private async Task<string> Receive(CancellationToken cancel)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        var decoder = Encoding.UTF8.GetDecoder();
        var letters = new char[buffer.Length];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), cancel);
            text.Append(letters, 0, decoder.GetChars(buffer.AsSpan(0, received.Count), letters, received.EndOfMessage));
            if (received.EndOfMessage)
                return text.ToString();
        }
    }

    [GeneratedRegex(@"WebDriver BiDi listening on (?<url>ws://\S+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listening();
}
