using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Media.Sockets;

/// <summary>The system's UDP.</summary>
internal sealed class UdpNetwork : INetwork
{
    public ISocketWatch Watch() => OperatingSystem.IsLinux() ? new EpollWatch() : new EachInTurn();

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
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            var group = RadioAddress.IsMulticast(local.Address);
            // Several gateways of one host, and the simulated ones of the demo, share a group and its port.
            if (group) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            // Bound to the group itself where the system allows it: bound to any address, a socket hears every group on the port.
            socket.Bind(group && OperatingSystem.IsWindows() ? new IPEndPoint(IPAddress.Any, local.Port) : local);
            if (group) socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(local.Address, networkInterface));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, networkInterface.GetAddressBytes());
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, timeToLive);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastLoopback, true);
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
}

/// <summary>What IPv4 addresses a radio gateway may have.</summary>
internal static class RadioAddress
{
    public static bool IsMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and <= 239;
}
