using System.Text.RegularExpressions;
using Interop.Tests.Peers.Processes;
using Xunit;

namespace Interop.Tests.Peers.Hub;

/// <summary>The built hub, run as a stranger runs it: a process with a data directory, settings and a provisioning file.</summary>
public sealed partial class HubProcess : IAsyncDisposable
{
    private const int RtpPorts = 120;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, string> _settings;
    private readonly Workplace _place;
    private PeerProcess _process;

    private HubProcess(Workplace place, Dictionary<string, string> settings, PeerProcess process, int sipPort)
    {
        _place = place;
        _settings = settings;
        _process = process;
        SipPort = sipPort;
    }

    /// <summary>The process, to look at from outside.</summary>
    public int Id => _process.Id;

    /// <summary>Where the console and the API are.</summary>
    public Uri Console => Consoles[0];

    /// <summary>Every address of the console.</summary>
    public IReadOnlyList<Uri> Consoles => [.. _settings["ASPNETCORE_URLS"].Split(';').Select(static url => new Uri(url))];

    /// <summary>Where it speaks SIP.</summary>
    public int SipPort { get; }

    /// <summary>Host and port of its SIP side.</summary>
    public string SipAddress => $"{_settings["Sip__Bind"]}:{SipPort}";

    /// <summary>Host and port of its SIP side for a transport: <c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    public string SipAddressFor(string transport) => $"127.0.0.1:{(transport == "tls" ? SipPort + 1 : SipPort)}";

    /// <summary>The ports of its voice: the first, and the last.</summary>
    public (int First, int Last) MediaPorts => _settings["Media__Ports"].Split('-') is [var first, var last] ? (int.Parse(first), int.Parse(last)) : default;

    /// <summary>What must outlive the process.</summary>
    public string DataDirectory => _settings["Data__Directory"];

    /// <summary>What it prints.</summary>
    public string Tail => _process.Tail;

    /// <summary>The one-time link that creates the first administrator, as printed.</summary>
    public Uri SetupLink =>
        _process.Lines.Select(line => SetupLinkPattern().Match(line)).LastOrDefault(match => match.Success) is { } found
            ? new Uri(found.Value)
            : throw new InvalidOperationException($"The hub printed no set-up link:\n{Tail}");

    /// <summary>The address of a room, or of whatever else is dialled.</summary>
    public string Sip(string user) => $"sip:{user}@{SipAddress}";

    /// <summary>Starts a hub on free ports, and waits until it is ready.</summary>
    /// <param name="place">Where its files go.</param>
    /// <param name="provisioning">The provisioning file's text; null for none.</param>
    /// <param name="more">Settings beside the laboratory's own.</param>
    public static async Task<HubProcess> Start(Workplace place, string? provisioning, params (string Name, string Value)[] more)
    {
        var hub = Launch(place, provisioning, more);
        await using var started = new Started(hub);
        await hub.Ready();
        return started.Stays(hub);
    }

    /// <summary>Starts a hub that is expected to refuse, and gives what it printed.</summary>
    public static async Task<string> StartRefused(Workplace place, string provisioning, params (string Name, string Value)[] more)
    {
        await using var hub = Launch(place, provisioning, more);
        var code = await hub._process.Exited(StartTime);
        Assert.True(code != 0, $"The hub ended with code 0 and should have refused to start:\n{hub.Tail}");
        return string.Join('\n', hub._process.Lines);
    }

    /// <summary>Runs one of the hub's commands beside it, and gives its exit code and what it printed.</summary>
    public async Task<(int Code, string Printed)> Command(params string[] arguments)
    {
        await using var command = PeerProcess.Start(
            string.Join(' ', arguments), "dotnet", [Built.HubAssembly, .. arguments], _place.Path, _settings);
        var code = await command.Exited(StartTime);
        return (code, string.Join('\n', command.Lines));
    }

    /// <summary>Runs one of the commands before there is a hub, on the data that a hub of that place will have.</summary>
    public static async Task<(int Code, string Printed)> CommandBefore(Workplace place, params string[] arguments)
    {
        await using var command = PeerProcess.Start(
            string.Join(' ', arguments), "dotnet", [Built.HubAssembly, .. arguments], place.Path, new Dictionary<string, string> { ["Data__Directory"] = place.Folder("data") });
        var code = await command.Exited(StartTime);
        return (code, string.Join('\n', command.Lines));
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public Task Kill() => _process.Kill();

    /// <summary>Stops it where it stands.</summary>
    public Task Freeze() => _process.Signal("STOP");

    /// <summary>Lets it go on after that.</summary>
    public Task Thaw() => _process.Signal("CONT");

    /// <summary>Waits until it has ended by itself, and gives its exit code.</summary>
    public Task<int> Ended() => _process.Exited(StopTime);

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task Stop()
    {
        await _process.Signal("TERM");
        var code = await _process.Exited(StopTime);
        Assert.True(code == 0, $"The hub was asked to stop, and ended with code {code}:\n{Tail}");
    }

    /// <summary>Starts it again on the same data and the same ports.</summary>
    /// <param name="provisioning">A new text of the provisioning file; null leaves it as it is.</param>
    public async Task StartAgain(string? provisioning = null)
    {
        if (provisioning is not null)
            await File.WriteAllTextAsync(_settings["Provisioning__File"], provisioning);
        await Leave();
        _process = Run(_place, _settings);
        await Ready();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await Leave();

    private static HubProcess Launch(Workplace place, string? provisioning, (string Name, string Value)[] more)
    {
        Assert.True(File.Exists(Built.HubAssembly), $"The hub is not built: there is no {Built.HubAssembly}.");
        // One port for UDP and TCP, the next for TLS.
        var sip = Ports.Block(2);
        var (certificate, key) = Certificates.WritePair(place.Path, "hub");
        var rtp = Ports.Block(RtpPorts);
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Ports.One()}",
            ["Data__Directory"] = place.Folder("data"),
            ["Sip__Bind"] = "127.0.0.1",
            ["Sip__Port"] = $"{sip}",
            ["Sip__TlsPort"] = $"{sip + 1}",
            ["Sip__Tls__Certificate"] = certificate,
            ["Sip__Tls__Key"] = key,
            ["Sip__Tls__Authorities"] = Certificates.WriteAuthority(place.Path),
            ["Media__Ports"] = $"{rtp}-{rtp + RtpPorts - 1}",
            ["Media__BrowserPort"] = $"{Ports.One()}",
            ["Media__AdvertisedAddress"] = "127.0.0.1",
        };
        foreach (var (name, value) in more)
            settings[name] = value;
        if (provisioning is not null)
        {
            settings["Provisioning__File"] = place.File("provisioning.json");
            File.WriteAllText(settings["Provisioning__File"], provisioning);
        }

        return new HubProcess(place, settings, Run(place, settings), sip);
    }

    private static PeerProcess Run(Workplace place, Dictionary<string, string> settings) =>
        PeerProcess.Start("the hub", "dotnet", [Built.HubAssembly], place.Path, settings);

    private async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = Console, Timeout = ProbeTime };
        await Until.Found(
            "the hub's /health/ready",
            async () => _process.HasExited || await IsReady(http) ? "an answer" : null,
            StartTime,
            () => Tail);
        if (_process.HasExited)
            Assert.Fail($"The hub ended before it was ready:\n{Tail}");
    }

    private static async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task Leave()
    {
        await File.AppendAllLinesAsync(_place.File("hub.log"), _process.Lines);
        await _process.DisposeAsync();
    }

    [GeneratedRegex(@"https?://\S+/setup#[\w\-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SetupLinkPattern();
}
