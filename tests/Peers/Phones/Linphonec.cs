using System.Globalization;
using Interop.Tests.Peers.Processes;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Peers.Phones;

/// <summary>A softphone, Debian's linphonec 5.1, with files in place of a sound card: it says a WAV over and over and records what it hears.</summary>
/// <remarks>Unlike baresip it answers SHA-256 challenges, and plays its WAV as music to whom it puts on hold.</remarks>
public sealed class Linphonec : IPhone
{
    private const int RtpPorts = 8;
    private const string Connected = " connected.";
    private const string Ended = " ended (";
    private static readonly TimeSpan QuitTime = TimeSpan.FromSeconds(5);

    /// <summary>What its <c>codec list</c> has enabled at first; all but the one wanted are switched off.</summary>
    private static readonly int[] EnabledAtFirst = [0, 1, 2, Pcmu, Pcma, 7];

    private const int Opus = 0, Pcmu = 3, Pcma = 4, G722 = 6;

    private readonly string _directory;
    private readonly PhonePlan _plan;
    private readonly int _sipPort = Ports.Block(2 + RtpPorts);
    private PeerProcess? _process;

    private Linphonec(string directory, PhonePlan plan) => (_directory, _plan) = (directory, plan);

    /// <inheritdoc />
    public string Uri => $"sip:{_plan.User}@127.0.0.1:{_sipPort}" + (_plan.Transport == "udp" ? "" : $";transport={_plan.Transport}");

    /// <inheritdoc />
    public bool InCall => Calls > Said(Ended);

    /// <summary>How often it was called, or called somebody, with success.</summary>
    public int Calls => Said(Connected);

    /// <inheritdoc />
    public long HeardBytes => new FileInfo(HeardFile) is { Exists: true } file ? file.Length : 0;

    private string HeardFile => Path.Combine(_directory, "heard.wav");

    /// <summary>Starts a phone, its files in a folder of its own.</summary>
    public static async Task<Linphonec> Start(Workplace place, PhonePlan plan)
    {
        Programs.Require("linphonec", "linphone-cli");
        var phone = new Linphonec(place.Folder(plan.Name), plan);
        ToneFile.WriteWav(Path.Combine(phone._directory, "says.wav"), plan.Says);
        Directory.CreateDirectory(Path.Combine(phone._directory, ".local/share/linphone"));
        Directory.CreateDirectory(Path.Combine(phone._directory, ".config/linphone"));
        await File.WriteAllTextAsync(Path.Combine(phone._directory, "rc"), phone.Configuration());
        await using var started = new Started(phone);
        await phone.Run();
        return started.Stays(phone);
    }

    /// <inheritdoc />
    public async Task Call(string uri)
    {
        var before = Calls;
        var target = _plan.Transport == "udp" || uri.Contains(";transport=", StringComparison.Ordinal) ? uri : $"{uri};transport={_plan.Transport}";
        await _process!.Tell($"call {target} --audio-only");
        await Until.True($"{_plan.User}'s call to {uri} to be answered", () => Calls > before, context: Describe);
    }

    /// <inheritdoc />
    public Task Answered(int calls = 1, TimeSpan? limit = null) =>
        Until.True($"{_plan.User} to be called ({calls} in all)", () => Calls >= calls, limit, Describe);

    /// <inheritdoc />
    public Task Closed(TimeSpan? limit = null) => Until.True($"{_plan.User}'s call to be ended", () => !InCall, limit, Describe);

    /// <inheritdoc />
    public Task Press(char key) => _process!.Tell(key.ToString());

    /// <inheritdoc />
    public Task Hold() => _process!.Tell("pause");

    /// <inheritdoc />
    public Task Resume() => _process!.Tell("resume");

    /// <inheritdoc />
    public Task Transfer(string uri) => _process!.Tell($"transfer {uri}");

    /// <summary>Sends a line of text outside of any call; it forgets the port of whom it writes to, and so needs a proxy.</summary>
    public Task Write(string uri, string text) => _process!.Tell($"chat {uri} {text}");

    /// <summary>Whether it printed something, such as the text of a message that came.</summary>
    public bool Printed(string text) => Said(text) > 0;

    /// <inheritdoc />
    public async Task HangUp()
    {
        await _process!.Tell("terminate all");
        await Closed();
    }

    /// <inheritdoc />
    public Recording Heard() => File.Exists(HeardFile) ? Recording.Read(HeardFile) : new Recording([]);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is null or { HasExited: true })
            return;
        // It unregisters, which a registrar of the next fact may care for; it is killed if it takes too long.
        await _process.Tell("quit");
        await Task.WhenAny(_process.Exited(QuitTime));

        await File.WriteAllLinesAsync(Path.Combine(_directory, "printed"), _process.Lines);
        await _process.DisposeAsync();
    }

    private async Task Run()
    {
        _process = PeerProcess.Start(
            $"linphonec {_plan.User}", "linphonec", ["-c", "rc", "-l", "log", "-d", "6"], _directory,
            new Dictionary<string, string> { ["HOME"] = _directory }, takesCommands: true);
        await Ports.Taken($"linphonec {_plan.User}", _sipPort, _plan.Transport == "udp" ? "udp" : "tcp", Describe);
        await _process.Tell("soundcard use files");
        await _process.Tell($"play {_directory}/says.wav");
        await _process.Tell($"record {HeardFile}");
        var wanted = _plan.Codec.Split('/')[0] switch { "pcma" => Pcma, "G722" => G722, "opus" => Opus, _ => Pcmu };
        foreach (var number in EnabledAtFirst.Append(G722).Distinct())
            await _process.Tell($"codec {(number == wanted ? "enable" : "disable")} {number}");
        await _process.Tell("autoanswer enable");
        await Until.True($"linphonec {_plan.User} to take its commands", () => Said("Auto answer enabled") > 0, context: Describe);
        if (_plan.Account is not null)
            await Until.True($"{_plan.User} to be registered", IsRegistered, context: Describe);
    }

    private bool IsRegistered() => File.ReadAllText(Path.Combine(_directory, "log")).Contains("to [LinphoneRegistrationOk]", StringComparison.Ordinal);

    private int Said(string text) => _process!.Lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    private string Describe() => $"It printed:\n{_process!.Tail}";

    /// <summary>Asked for a certificate, as the hub asks every phone, linphonec waits for one to be typed in unless it has one.</summary>
    private string Certificate()
    {
        if (_plan.Transport != "tls")
            return "";
        var (certificate, key) = Certificates.WritePair(_directory, "phone");
        return $"client_cert_chain={certificate}\nclient_cert_key={key}";
    }

    private string Security() =>
        _plan.Secures is null ? "" : $"media_encryption=srtp\nmedia_encryption_mandatory={(_plan.Secures == "srtp-mand" ? 1 : 0)}";

    private string Configuration()
    {
        int Port(string transport) => transport == _plan.Transport ? _sipPort : 0;
        var first = (_sipPort + 2).ToString(CultureInfo.InvariantCulture);
        return $"""
            [sip]
            sip_port={Port("udp")}
            sip_tcp_port={Port("tcp")}
            sip_tls_port={Port("tls")}
            bind_address=127.0.0.1
            use_ipv6=0
            ipv6_migration_done=1
            register_only_when_network_is_up=0
            guess_hostname=0
            verify_server_certs=0
            verify_server_cn=0
            {Certificate()}
            {Security()}
            contact=sip:{_plan.User}@127.0.0.1:{_sipPort}
            {(_plan.Account is null && _plan.Proxy is null ? "" : "default_proxy=0")}

            [rtp]
            bind_address=127.0.0.1
            audio_rtp_port={first}-{_sipPort + 1 + RtpPorts}

            [sound]
            echocancellation=0

            {Registration()}
            """;
    }

    private string Registration()
    {
        if (_plan.Account is not { } account)
            return _plan.Proxy is null ? "" : Proxy(_plan.Proxy, _plan.Proxy, registers: 0);
        return $"""
            {Proxy(_plan.Proxy ?? account.Address, account.Address, registers: 1)}
            [auth_info_0]
            username={account.User}
            passwd={account.Password}
            """;
    }

    private string Proxy(string address, string domain, int registers) => $"""
        [proxy_0]
        reg_proxy=<sip:{address};transport={_plan.Transport}>
        reg_route=<sip:{address};transport={_plan.Transport};lr>
        reg_identity=sip:{_plan.User}@{domain}
        reg_expires=60
        reg_sendregister={registers}
        publish=0

        """;
}
