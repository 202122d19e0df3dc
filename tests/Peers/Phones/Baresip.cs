using Interop.Tests.Peers.Processes;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Peers.Phones;

/// <summary>A softphone, Debian's baresip 1.0: it says a WAV once, records what it hears, and answers when it is called.</summary>
public sealed class Baresip : IPhone
{
    private static readonly TimeSpan QuitTime = TimeSpan.FromSeconds(15);

    private readonly string _directory;
    private readonly PhonePlan _plan;
    private readonly int _controlPort;
    private readonly int _rtpPort;
    private PeerProcess? _process;
    private BaresipControl? _control;

    private Baresip(string directory, PhonePlan plan)
    {
        _directory = directory;
        _plan = plan;
        // baresip takes the port after its SIP port for TLS, and only with a certificate does it listen there.
        SipPort = Ports.Block(14);
        _controlPort = SipPort + 2;
        _rtpPort = SipPort + 4;
    }

    /// <summary>Where it listens, for UDP and TCP.</summary>
    public int SipPort { get; }

    /// <summary>Its address.</summary>
    public string Uri => _plan.Transport == "tls"
        ? $"sip:{_plan.User}@127.0.0.1:{SipPort + 1};transport=tls"
        : $"sip:{_plan.User}@127.0.0.1:{SipPort}";

    /// <summary>What happened on it since it was started.</summary>
    public IReadOnlyList<PhoneEvent> Events => _control?.Events ?? [];

    /// <summary>The end of its log.</summary>
    public string Tail => _process?.Tail ?? "";

    /// <summary>How often it was called, or called somebody, with success.</summary>
    public int Calls => Events.Count(happened => happened.Type == "CALL_ESTABLISHED");

    /// <summary>Whether it is in a call.</summary>
    public bool InCall => Calls > Events.Count(happened => happened.Type == "CALL_CLOSED");

    /// <summary>How much it has recorded so far, in bytes; it grows while packets come.</summary>
    public long HeardBytes => Recordings.Sum(file => file.Length);

    private IEnumerable<FileInfo> Recordings =>
        new DirectoryInfo(Path.Combine(_directory, "heard")).EnumerateFiles("*-dec.wav").OrderBy(file => file.Name, StringComparer.Ordinal);

    /// <summary>Starts a phone, its files in a folder of its own.</summary>
    public static async Task<Baresip> Start(Workplace place, PhonePlan plan)
    {
        Programs.Require("baresip", "baresip");
        var phone = new Baresip(place.Folder(plan.Name), plan);
        Directory.CreateDirectory(Path.Combine(phone._directory, "heard"));
        ToneFile.WriteWav(Path.Combine(phone._directory, "says.wav"), plan.Says, plan.Rate, plan.Channels);
        if (plan.Transport == "tls")
            Certificates.WriteBoth(phone._directory, "phone");
        await File.WriteAllTextAsync(Path.Combine(phone._directory, "config"), phone.Configuration());
        await File.WriteAllTextAsync(Path.Combine(phone._directory, "accounts"), phone.Account());
        await File.WriteAllTextAsync(Path.Combine(phone._directory, "contacts"), plan.WritesTo is null ? "" : $"\"Room\" <{plan.WritesTo}>\n");
        await using var started = new Started(phone);
        await phone.Run();
        if (plan.Account is not null)
            await phone.Registered();
        return started.Stays(phone);
    }

    /// <summary>Runs it, for the first time or again after <see cref="Crash"/>, on the same port.</summary>
    public async Task Run()
    {
        _process = PeerProcess.Start($"baresip {_plan.User}", "baresip", ["-4", "-f", _directory], _directory, takesCommands: _plan.WritesTo is not null);
        _control = await Until.Found(
            $"baresip {_plan.User} to listen for commands", () => BaresipControl.TryConnect(_controlPort), context: () => _process.Tail);
    }

    /// <summary>Calls somebody, and waits until the call is answered.</summary>
    public async Task Call(string uri)
    {
        var before = Calls;
        await Dial(uri);
        await Until.True($"{_plan.User}'s call to {uri} to be answered", () => Calls > before, context: Describe);
    }

    /// <summary>Calls somebody who will refuse, and gives the reason that came back: <c>404 Not Found</c>.</summary>
    public async Task<string> CallRefused(string uri)
    {
        var before = Events.Count;
        await Dial(uri);
        var closed = await Until.Found(
            $"{_plan.User}'s call to {uri} to be refused",
            () => Task.FromResult(Events.Skip(before).FirstOrDefault(happened => happened.Type == "CALL_CLOSED")),
            context: Describe);
        return closed.Parameter;
    }

    /// <summary>Waits until somebody called it, and it answered.</summary>
    /// <param name="calls">How many calls in all.</param>
    /// <param name="limit">The longest wait.</param>
    public Task Answered(int calls = 1, TimeSpan? limit = null) =>
        Until.True($"{_plan.User} to be called ({calls} in all)", () => Calls >= calls, limit, Describe);

    /// <summary>Waits until somebody calls it.</summary>
    public Task Rings() => Until.True($"{_plan.Name} to ring", () => Events.Any(happened => happened.Type == "CALL_INCOMING"), context: Describe);

    /// <summary>Answers who calls.</summary>
    public Task Accept() => _control!.Send("accept");

    /// <summary>Waits until a call that it did not answer is over, and gives the reason.</summary>
    public async Task<string> Missed() => (await Until.Found(
        $"{_plan.Name} to stop ringing",
        () => Task.FromResult(Events.FirstOrDefault(happened => happened.Type == "CALL_CLOSED")),
        context: Describe)).Parameter;

    /// <summary>Sends a line of text outside of any call, to whom its plan has as contact.</summary>
    public Task Write(string text) => _control!.Send("message", text);

    /// <summary>Whether it printed something, such as the text of a message that came.</summary>
    public bool Printed(string text) => _process!.Lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until its registrar took its registration.</summary>
    public Task Registered() =>
        Until.True($"{_plan.User} to be registered", () => _process!.Lines.Any(line => line.Contains("} 200 OK", StringComparison.Ordinal)), context: Describe);

    /// <inheritdoc />
    public Task Press(char key) => _control!.Send("sndcode", key.ToString());

    /// <inheritdoc />
    public Task Hold() => _control!.Send("hold");

    /// <inheritdoc />
    public Task Resume() => _control!.Send("resume");

    /// <inheritdoc />
    public Task Transfer(string uri) => _control!.Send("transfer", uri);

    /// <summary>Waits until the other side ended the call.</summary>
    public Task Closed(TimeSpan? limit = null) => Until.True($"{_plan.User}'s call to be ended", () => !InCall, limit, Describe);

    /// <summary>Hangs up, and stays there to be called.</summary>
    public async Task HangUp()
    {
        await _control!.Send("hangup");
        await Closed();
    }

    /// <summary>Ends without a word, as a phone whose battery is pulled.</summary>
    public async Task Crash()
    {
        _control!.Dispose();
        await _process!.Kill();
    }

    /// <summary>Hangs up, ends, and gives what it heard, all calls one after the other.</summary>
    public async Task<Recording> Finish()
    {
        await _process!.Signal("INT");
        await _process.Exited(QuitTime);
        return Heard();
    }

    /// <summary>What it heard up to now.</summary>
    public Recording Heard() => new([.. Recordings.SelectMany(file => Recording.Read(file.FullName).Samples)], _plan.Rate);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _control?.Dispose();
        if (_process is not null)
        {
            await File.WriteAllLinesAsync(Path.Combine(_directory, "log"), _process.Lines);
            await _process.DisposeAsync();
        }
    }

    private string Describe() =>
        $"Events: {string.Join(", ", Events.Select(happened => $"{happened.Type} {happened.Parameter}"))}. It printed:\n{Tail}";

    private Task Dial(string uri) =>
        _control!.Send("dial", uri.Contains(";transport=", StringComparison.Ordinal) ? uri : $"{uri};transport={_plan.Transport}");

    private string Account()
    {
        var sound = $"answermode={(_plan.Answers ? "auto" : "manual")};audio_codecs={_plan.Codec.Split('/')[0]}/{_plan.Rate}/{_plan.Channels}";
        var (host, secret) = _plan.Account is { } account
            ? (account.Address, $"regint=60;auth_user={account.User};auth_pass={account.Password}")
            : ($"127.0.0.1:{SipPort}", "regint=0");
        var proxy = _plan.Proxy is null ? "" : $";outbound=\"sip:{_plan.Proxy};transport={_plan.Transport}\"";
        var secures = _plan.Secures is null ? "" : $";mediaenc={_plan.Secures}";
        return $"<sip:{_plan.User}@{host};transport={_plan.Transport}>;{secret};{sound}{proxy}{secures}\n";
    }

    // What is written to it is shown by stdio, which has to have an input that is not at its end.
    // aufile can only be a source, so sndfile records and aubridge is the loudspeaker that plays to nobody.
    private string Configuration() => $"""
        sip_listen 127.0.0.1:{SipPort}
        sip_trans_def {_plan.Transport}
        {(_plan.Transport == "tls" ? $"sip_certificate {_directory}/phone.pem" : "")}
        call_max_calls 4
        call_local_timeout 30
        audio_player aubridge,ear-{_plan.User}
        audio_source aufile,{_directory}/says.wav
        audio_alert aubridge,bell-{_plan.User}
        ausrc_srate {_plan.Rate}
        auplay_srate {_plan.Rate}
        ausrc_channels {_plan.Channels}
        auplay_channels {_plan.Channels}
        audio_txmode thread
        rtp_ports {_rtpPort}-{_rtpPort + 9}
        rtp_timeout 0
        net_interface 127.0.0.1
        dns_server 127.0.0.1:53
        module_path {ModulePath()}
        module g711.so
        module g722.so
        module l16.so
        module opus.so
        module sndfile.so
        module aufile.so
        module aubridge.so
        {(_plan.Secures is null ? "" : "module srtp.so")}
        {(_plan.WritesTo is null ? "" : "module stdio.so\nmodule_app contact.so")}
        module_tmp uuid.so
        module_tmp account.so
        module_app menu.so
        module_app ctrl_tcp.so
        ctrl_tcp_listen 127.0.0.1:{_controlPort}
        snd_path {_directory}/heard

        """;

    private static string ModulePath()
    {
        const string Debian = "/usr/lib/baresip/modules";
        return Directory.Exists(Debian) ? Debian : "/usr/local/lib/baresip/modules";
    }
}
