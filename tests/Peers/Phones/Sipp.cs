using System.Globalization;
using Interop.Tests.Peers.Processes;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Peers.Phones;

/// <summary>A scripted SIP peer, Debian's sipp 3.6, which runs one scenario of tests/Peers/Scenarios once.</summary>
public sealed class Sipp : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly string _directory;
    private readonly string _name;

    private Sipp(PeerProcess process, string directory, string name, int port)
    {
        _process = process;
        _directory = directory;
        _name = name;
        Port = port;
    }

    /// <summary>Its SIP port.</summary>
    public int Port { get; }

    /// <summary>Starts a scenario.</summary>
    /// <param name="place">Where its files go; the sound is in <c>says.ulaw</c> or <c>says.alaw</c> beside them.</param>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="target">Host and port of the far end.</param>
    /// <param name="service">The user part to call.</param>
    /// <param name="transport"><c>udp</c> or <c>tcp</c>.</param>
    /// <param name="digest">What it answers a challenge with.</param>
    /// <param name="says">What it says, if the scenario sends RTP.</param>
    /// <param name="outOfCall">The scenario that takes requests outside of the call.</param>
    public static async Task<Sipp> Start(
        Workplace place,
        string scenario,
        string target,
        string service,
        string transport = "udp",
        (string User, string Password)? digest = null,
        short[]? says = null,
        string? outOfCall = null)
    {
        Programs.Require("sipp", "sip-tester");
        var name = $"sipp-{scenario}";
        var directory = place.Folder(name);
        if (says is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(directory, "says.ulaw"), G711.ToMuLaw(says));
            await File.WriteAllBytesAsync(Path.Combine(directory, "says.alaw"), G711.ToALaw(says));
        }

        var port = Ports.Block(8);
        List<string> arguments =
        [
            target, "-sf", ScenarioFile(scenario), "-s", service,
            "-i", "127.0.0.1", "-p", Text(port), "-mi", "127.0.0.1", "-mp", Text(port + 4),
            "-t", transport == "tcp" ? "t1" : "u1", "-m", "1", "-nostdin", "-aa", "-timeout", "60s", "-timeout_error",
            "-trace_err", "-error_file", Path.Combine(directory, "errors"),
            "-trace_msg", "-message_file", Path.Combine(directory, "messages"),
        ];
        if (outOfCall is not null)
            arguments.AddRange(["-oocsf", ScenarioFile(outOfCall)]);
        if (digest is var (user, password))
            arguments.AddRange(["-au", user, "-ap", password, "-auth_uri", $"{service}@{target}"]);
        return new Sipp(PeerProcess.Start(name, "sipp", arguments, directory), directory, name, port);
    }

    /// <summary>Waits for the scenario to end, and fails the test when it did not go as written.</summary>
    public async Task Succeeded(TimeSpan limit)
    {
        if (await _process.Exited(limit) != 0)
            Xunit.Assert.Fail($"{_name} did not go as written. Errors:\n{Read("errors")}\nMessages:\n{Read("messages")}");
    }

    /// <summary>Every message sent and received.</summary>
    public string Messages => Read("messages");

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private string Read(string file)
    {
        var path = Path.Combine(_directory, file);
        return File.Exists(path) ? File.ReadAllText(path) : "(none)";
    }

    private static string ScenarioFile(string scenario) => Path.Combine(AppContext.BaseDirectory, "Scenarios", $"{scenario}.xml");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
