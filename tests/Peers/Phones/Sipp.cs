using System.Globalization;
using Interop.Tests.Peers.Processes;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Peers.Phones;

/// <summary>What a scripted peer is told besides its script.</summary>
/// <param name="Service">The user part that it calls.</param>
/// <param name="Transport"><c>udp</c> or <c>tcp</c>.</param>
/// <param name="Digest">What it answers a challenge with; sipp 3.6 knows MD5 alone.</param>
/// <param name="Says">What it says, where the script says something.</param>
/// <param name="Address">The loopback address that it comes from.</param>
public sealed record SippPlan(
    string Service,
    string Transport = "udp",
    (string User, string Password)? Digest = null,
    short[]? Says = null,
    string Address = "127.0.0.1");

/// <summary>A scripted SIP peer, Debian's sipp 3.6, which runs one script once.</summary>
public sealed class Sipp : IAsyncDisposable
{
    /// <summary>The longest script; sipp ends by itself then.</summary>
    private const string Longest = "150s";

    private readonly PeerProcess _process;
    private readonly string _directory;
    private readonly SippPlan _plan;

    private Sipp(PeerProcess process, string directory, SippPlan plan, int port)
    {
        _process = process;
        _directory = directory;
        _plan = plan;
        Port = port;
    }

    /// <summary>Its SIP port.</summary>
    public int Port { get; }

    /// <summary>Its address, to be called at.</summary>
    public string Uri => $"sip:engine7@{_plan.Address}:{Text(Port)}" + (_plan.Transport == "tcp" ? ";transport=tcp" : "");

    /// <summary>Every message sent and received.</summary>
    public string Messages => Read("messages");

    /// <summary>The messages received.</summary>
    public IEnumerable<string> Received => Messages.Split("message received").Skip(1)
        .Select(part => part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..].Split("-----------------------")[0].Trim());

    /// <summary>Starts a script, and waits until the peer listens.</summary>
    /// <param name="place">Where its files go.</param>
    /// <param name="name">What it is called in a failure; its folder.</param>
    /// <param name="script">What it does.</param>
    /// <param name="target">Host and port of the far end.</param>
    /// <param name="plan">The rest.</param>
    public static async Task<Sipp> Start(Workplace place, string name, SippScript script, string target, SippPlan plan)
    {
        Programs.Require("sipp", "sip-tester");
        var directory = place.Folder(name);
        await File.WriteAllTextAsync(Path.Combine(directory, "script.xml"), script.ToXml());
        if (plan.Says is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(directory, "says.ulaw"), G711.ToMuLaw(plan.Says));
            await File.WriteAllBytesAsync(Path.Combine(directory, "says.alaw"), G711.ToALaw(plan.Says));
        }

        var port = Ports.Block(8);
        var process = PeerProcess.Start(name, "sipp", Arguments(target, plan, port), directory);
        var sipp = new Sipp(process, directory, plan, port);
        await using var started = new Started(sipp);
        if (plan.Transport == "udp")
            await Until.Found("sipp to run", () => Task.FromResult(process.HasExited || IsBound(port) ? "yes" : null), context: () => sipp.Describe());
        return started.Stays(sipp);
    }

    /// <summary>Waits for the script to end, and fails the test when it did not go as written.</summary>
    public async Task Succeeded(TimeSpan limit)
    {
        if (await _process.Exited(limit) != 0)
            Xunit.Assert.Fail(Describe());
    }

    /// <summary>Its last call as an INVITE's Replaces names it to the far side (RFC 3891).</summary>
    public string Dialog()
    {
        var answer = Received.Last(message => message.StartsWith("SIP/2.0 200 ", StringComparison.Ordinal));
        string Field(string name) => answer.Split('\n').First(line => line.StartsWith($"{name}:", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
        static string Tag(string address) => address.Split(";tag=")[1].Split(';')[0];
        return $"{Field("Call-ID")};to-tag={Tag(Field("To"))};from-tag={Tag(Field("From"))}";
    }

    /// <summary>How often a message with this in it went out or came in.</summary>
    public int Count(string text) => Messages.Split(text).Length - 1;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static List<string> Arguments(string target, SippPlan plan, int port)
    {
        List<string> arguments =
        [
            target, "-sf", "script.xml", "-s", plan.Service,
            "-i", plan.Address, "-p", Text(port), "-mi", plan.Address, "-mp", Text(port + 4),
            "-t", plan.Transport == "tcp" ? "t1" : "u1", "-m", "1", "-nostdin", "-aa", "-timeout", Longest, "-timeout_error",
            "-trace_err", "-error_file", "errors", "-trace_msg", "-message_file", "messages",
        ];
        if (plan.Digest is var (user, password))
            arguments.AddRange(["-au", user, "-ap", password, "-auth_uri", $"{plan.Service}@{target}"]);
        return arguments;
    }

    private static bool IsBound(int port) => Ports.IsTaken(port, "udp");

    private string Describe() =>
        $"{_process.Name} did not go as written. It printed:\n{_process.Tail}\nErrors:\n{Read("errors")}\nMessages:\n{Messages}";

    private string Read(string file)
    {
        var path = Path.Combine(_directory, file);
        return File.Exists(path) ? File.ReadAllText(path) : "(none)";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
