using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Interop.Bridges.Media.Sockets;

/// <summary>What addresses a radio gateway may have.</summary>
internal static class RadioAddress
{
    public static bool IsMulticast(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6Multicast
        : address.GetAddressBytes()[0] is >= 224 and <= 239;

    /// <summary>An address of that family for nobody but this host.</summary>
    public static IPAddress Loopback(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    /// <summary>The number of the interface that has an IPv6 address.</summary>
    /// <exception cref="SocketException">None has it.</exception>
    public static int InterfaceNumber(IPAddress local)
    {
        if (local.ScopeId != 0) return (int)local.ScopeId;
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            var properties = network.GetIPProperties();
            if (network.Supports(NetworkInterfaceComponent.IPv6) && properties.UnicastAddresses.Any(unicast => unicast.Address.Equals(local)))
                return properties.GetIPv6Properties().Index;
        }

        throw new SocketException((int)SocketError.AddressNotAvailable);
    }
}
