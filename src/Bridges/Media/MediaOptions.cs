using System.Net;
using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media;

/// <summary>The settings of a node's media engine.</summary>
public sealed class MediaOptions
{
    /// <summary>The UDP ports that phone legs use; below the system's ephemeral range, or they meet outgoing connections.</summary>
    public PortRange Ports { get; set; } = new(10_000, 19_999);

    /// <summary>The local addresses that phone legs are bound to, one of IPv4, one of IPv6, or both; the first is for legs of unknown family.</summary>
    public IReadOnlyList<IPAddress> Bind { get; set; } = [IPAddress.Loopback];

    /// <summary>The UDP port that all browsers share; 0 takes any, which is for tests.</summary>
    public int BrowserPort { get; set; } = 20_000;

    /// <summary>The addresses at which browsers are served, each one that is told to them; none serves no browsers.</summary>
    public IReadOnlyList<IPAddress> BrowserBind { get; set; } = [];

    /// <summary>The most legs at a time; one more is refused.</summary>
    public int MaxLegs { get; set; } = 4000;

    /// <summary>The most commands that wait for the tick thread; one more is refused.</summary>
    public int MaxCommands { get; set; } = 16_384;

    /// <summary>The most reports that wait for their reader; one more is dropped and counted.</summary>
    public int MaxReports { get; set; } = 8192;

    /// <summary>Whether the voices of phones are brought to one level; radio channels never are.</summary>
    public bool AutomaticLevel { get; set; } = true;

    /// <summary>Everything that is wrong with these settings, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Ports.First < 1024 || Ports.Last > 65_535 || Ports.Pairs == 0) errors.Add($"Media:Ports is {Ports}; it must lie in 1024-65535 and hold an even port with the next.");
        if (Bind.Count == 0 || Bind.DistinctBy(static address => address.AddressFamily).Count() != Bind.Count)
        {
            errors.Add($"Media:Bind is {string.Join(", ", Bind)}; it must be one address, or one of IPv4 and one of IPv6.");
        }

        if (MaxLegs < 1) errors.Add($"Media:MaxLegs is {MaxLegs}; it must be at least 1.");
        if (MaxCommands < 1) errors.Add($"Media:MaxCommands is {MaxCommands}; it must be at least 1.");
        if (MaxReports < 1) errors.Add($"Media:MaxReports is {MaxReports}; it must be at least 1.");
        return errors;
    }
}
