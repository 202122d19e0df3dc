using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Interop.Tests.Peers;

/// <summary>Free ports on the loopback, so that several hubs and their peers run side by side.</summary>
public static class Ports
{
    // Below the system's ephemeral range, so that no outgoing connection takes one between the look and the use.
    private const int First = 20_000;
    private const int Last = 29_999;
    private static readonly Lock Gate = new();
    private static int _next = Random.Shared.Next(First, Last);

    /// <summary>The first of a block of ports that are free for UDP and TCP; it is even, as RTP wants it.</summary>
    /// <remarks>
    /// Given out in turn and round again: who got a block may take its time to bind it, and the blocks of peers that have
    /// ended are there for those that come. The place to begin is random, as others may run the same tests.
    /// </remarks>
    public static int Block(int count)
    {
        lock (Gate)
        {
            for (var looked = 0; looked < Last - First; looked += 2)
            {
                var start = (_next + 1) & ~1;
                if (start + count > Last)
                    start = First;
                var free = Enumerable.Range(start, count).All(IsFree);
                _next = free ? start + count : start + 2;
                if (free)
                    return start;
            }
        }

        throw new InvalidOperationException($"No {count} free ports in a row between {First} and {Last}.");
    }

    /// <summary>One free port.</summary>
    public static int One() => Block(2);

    /// <summary>An IPv4 address of this machine that is not the loopback, as others of its network know it; null where there is none.</summary>
    public static IPAddress? OwnAddress { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(static nic => nic.OperationalStatus == OperationalStatus.Up && nic.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(static nic => nic.GetIPProperties().UnicastAddresses)
        .Select(static unicast => unicast.Address)
        .FirstOrDefault(static address => address.AddressFamily == AddressFamily.InterNetwork && !address.GetAddressBytes().AsSpan().StartsWith((ReadOnlySpan<byte>)[169, 254]));

    /// <summary>Whether somebody has a port, seen without touching it: to bind it for a look would take it from its owner.</summary>
    /// <param name="port">The port.</param>
    /// <param name="protocol"><c>udp</c> or <c>tcp</c>.</param>
    public static bool IsTaken(int port, string protocol)
    {
        var entry = $"{port:X4}";
        return File.ReadLines($"/proc/net/{protocol}").Skip(1).Any(line => LocalPort(line) == entry);
    }

    /// <summary>Waits until somebody listens on a port.</summary>
    public static Task Taken(string by, int port, string protocol, Func<string> context) =>
        Until.True($"{by} to listen on {protocol} port {port}", () => IsTaken(port, protocol), context: context);

    /// <summary>The local port of a line of /proc/net: <c>0: 0100007F:13C4 ...</c>.</summary>
    private static string LocalPort(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Split(':')[1];

    private static bool IsFree(int port)
    {
        try
        {
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Any, port));
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
