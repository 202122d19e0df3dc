using System.Globalization;
using Interop.Tests.Peers.Processes;

namespace Interop.Tests.Peers.Proxies;

/// <summary>A media relay, Debian's rtpengine 10.5 in user space, told by Kamailio which streams to relay.</summary>
public sealed class Rtpengine : IAsyncDisposable
{
    private const int RtpPorts = 40;

    private readonly PeerProcess _process;
    private readonly int _control;
    private readonly int _first;

    private Rtpengine(PeerProcess process, int control, int first) => (_process, _control, _first) = (process, control, first);

    /// <summary>Where Kamailio tells it what to do.</summary>
    public string Control => $"{Kamailio.Address}:{_control.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Whether a description has the voice go to it.</summary>
    public bool IsIn(int port) => port >= _first && port < _first + RtpPorts;

    /// <summary>Starts a relay.</summary>
    public static async Task<Rtpengine> Start(Workplace place)
    {
        Programs.Require("rtpengine", "rtpengine-daemon");
        var directory = place.Folder("rtpengine");
        var control = Ports.One();
        var first = Ports.Block(RtpPorts);
        string[] arguments =
        [
            "--foreground", "--log-stderr", "--log-level=5", "--table=-1", "--config-file=none", "--num-threads=2",
            $"--interface={Kamailio.Address}", $"--listen-ng={Kamailio.Address}:{control}",
            $"--port-min={first}", $"--port-max={first + RtpPorts - 1}", $"--pidfile={directory}/pid",
        ];
        var process = PeerProcess.Start("rtpengine", "rtpengine", arguments, directory);
        await Ports.Taken("rtpengine", control, "udp", () => process.Tail);
        return new Rtpengine(process, control, first);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
