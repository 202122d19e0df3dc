using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Interop.Console.Host.Https;

/// <summary>The names and addresses that a browser may find this machine by; asked each time, since addresses change.</summary>
internal sealed record LocalNames(Func<IReadOnlyList<string>> From)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "::1"];

    public static LocalNames OfThisMachine { get; } = new(static () =>
    [
        .. new[] { Dns.GetHostName() }.Where(static name => Uri.CheckHostName(name) == UriHostNameType.Dns),
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(static nic => nic.OperationalStatus == OperationalStatus.Up && nic.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(static nic => nic.GetIPProperties().UnicastAddresses)
            .Select(static unicast => unicast.Address)
            .Where(static address => !address.IsIPv6LinkLocal && address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
            .Select(static address => address.ToString()),
    ]);

    /// <summary>The best one first; the loopback's at the end.</summary>
    public IReadOnlyList<string> Current() => [.. From().Concat(Loopback).Distinct(StringComparer.OrdinalIgnoreCase)];
}
