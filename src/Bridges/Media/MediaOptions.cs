using System.Net;
using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media;

/// <summary>The settings of a node's media engine.</summary>
public sealed class MediaOptions
{
    /// <summary>The UDP ports that phone legs use; below the system's ephemeral range, or they meet outgoing connections.</summary>
    public PortRange Ports { get; set; } = new(10_000, 19_999);

    /// <summary>The local IPv4 address that phone legs are bound to.</summary>
    public IPAddress Bind { get; set; } = IPAddress.Loopback;

    /// <summary>The most legs at a time; one more is refused.</summary>
    public int MaxLegs { get; set; } = 4000;

    /// <summary>The most commands that wait for the tick thread; one more is refused.</summary>
    public int MaxCommands { get; set; } = 16_384;

    /// <summary>The most reports that wait for their reader; one more is dropped and counted.</summary>
    public int MaxReports { get; set; } = 8192;
}
