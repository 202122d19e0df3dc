using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Media.Sockets;

/// <summary>The system's UDP.</summary>
internal sealed class UdpNetwork : INetwork
{
    public ISocketWatch Watch() => OperatingSystem.IsLinux() ? new EpollWatch() : new EachInTurn();

    public Uring? Batch() => Uring.TryOpen();

    public IDatagramSocket? TryBind(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(local);
            return new UdpDatagramSocket(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    public IDatagramSocket? TryBindRadio(IPEndPoint local, IPAddress networkInterface, int timeToLive, out MediaRefusal? refusal)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            var group = RadioAddress.IsMulticast(local.Address);
            // Several gateways of one host, and the simulated ones of the demo, share a group and its port.
            if (group) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            // Bound to the group itself where the system allows it: bound to any address, a socket hears every group on the port.
            var any = local.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
            var at = group && OperatingSystem.IsWindows() ? new IPEndPoint(any, local.Port) : local;
            if (local.AddressFamily == AddressFamily.InterNetworkV6) BindSix(socket, at, group ? local.Address : null, networkInterface, timeToLive);
            else BindFour(socket, at, group ? local.Address : null, networkInterface, timeToLive);
            refusal = null;
            return new UdpDatagramSocket(socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            refusal = new MediaRefusal("radio-address", $"The radio's address {local} on interface {networkInterface} cannot be used: {error.SocketErrorCode}.");
            return null;
        }
    }

    private static void BindFour(Socket socket, IPEndPoint at, IPAddress? group, IPAddress networkInterface, int timeToLive)
    {
        socket.Bind(at);
        if (group is not null) socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, networkInterface));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, networkInterface.GetAddressBytes());
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, timeToLive);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastLoopback, true);
    }

    /// <summary>IPv6 names an interface by its number, and a group of the link's only together with one (RFC 4007).</summary>
    private static void BindSix(Socket socket, IPEndPoint at, IPAddress? group, IPAddress networkInterface, int hops)
    {
        var number = RadioAddress.InterfaceNumber(networkInterface);
        socket.Bind(group is null || at.Address.Equals(IPAddress.IPv6Any) ? at : new IPEndPoint(new IPAddress(group.GetAddressBytes(), number), at.Port));
        if (group is not null) socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group, number));
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, number);
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, hops);
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastLoopback, true);
    }
}
