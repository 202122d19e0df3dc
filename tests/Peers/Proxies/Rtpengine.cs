using Interop.Tests.Peers.Processes;

namespace Interop.Tests.Peers.Proxies;

/// <summary>A media relay, Debian's rtpengine 10.5 in user space, told by Kamailio which streams to relay.</summary>
public sealed class Rtpengine : IAsyncDisposable
{
    private const int RtpPorts = 40;

    private readonly PeerProcess _process;

    private Rtpengine(PeerProcess process, int control) => (_process, Control) = (process, $"{Kamailio.Address}:{control}");

    /// <summary>Where Kamailio tells it what to do.</summary>
    public string Control { get; }

    /// <summary>How many calls' voices it was asked to relay.</summary>
    public int Offers => _process.Lines.Count(line => line.Contains("Received command 'offer'", StringComparison.Ordinal));

    /// <summary>Starts a relay.</summary>
    public static async Task<Rtpengine> Start(Workplace place)
    {
        Programs.Require("rtpengine", "rtpengine-daemon");
        var directory = place.Folder("rtpengine");
        var control = Ports.One();
        var first = Ports.Block(RtpPorts);
        string[] arguments =
        [
            "--foreground", "--log-stderr", "--log-level=6", "--table=-1", "--config-file=none", "--num-threads=2",
            $"--interface={Kamailio.Address}", $"--listen-ng={Kamailio.Address}:{control}",
            $"--port-min={first}", $"--port-max={first + RtpPorts - 1}", $"--pidfile={directory}/pid",
        ];
        var process = PeerProcess.Start("rtpengine", "rtpengine", arguments, directory);
        await using var started = new Started(process);
        await Ports.Taken("rtpengine", control, "udp", () => process.Tail);
        started.Stays(process);
        return new Rtpengine(process, control);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
