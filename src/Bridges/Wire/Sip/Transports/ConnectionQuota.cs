using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>How many streams are open, in all and with each address, so that none can take them all. Safe from any thread.</summary>
internal sealed class ConnectionQuota(SipLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, Share> _shares = [];
    private int _connections;
    private int _handshakes;

    /// <summary>Streams open now.</summary>
    public int Connections
    {
        get
        {
            lock (_lock) return _connections;
        }
    }

    /// <summary>Takes a place for a stream of that peer, or says which limit stands against it.</summary>
    public string? TryTake(IPAddress peer)
    {
        lock (_lock)
        {
            if (_connections >= limits.TcpConnections) return "tcp_connection_limit";
            var share = _shares.GetValueOrDefault(KeyOf(peer));
            if (share.Connections >= limits.TcpConnectionsPerAddress) return "tcp_address_limit";
            _connections++;
            _shares[KeyOf(peer)] = share with { Connections = share.Connections + 1 };
            return null;
        }
    }

    /// <summary>Takes a place for a handshake of that peer's stream.</summary>
    public string? TryBeginHandshake(IPAddress peer)
    {
        lock (_lock)
        {
            if (_handshakes >= limits.TlsHandshakes) return "tls_handshake_limit";
            var share = _shares[KeyOf(peer)];
            if (share.Handshakes >= limits.TlsHandshakesPerAddress) return "tls_address_limit";
            _handshakes++;
            _shares[KeyOf(peer)] = share with { Handshakes = share.Handshakes + 1 };
            return null;
        }
    }

    public void EndHandshake(IPAddress peer)
    {
        lock (_lock)
        {
            _handshakes--;
            var share = _shares[KeyOf(peer)];
            _shares[KeyOf(peer)] = share with { Handshakes = share.Handshakes - 1 };
        }
    }

    public void Return(IPAddress peer)
    {
        lock (_lock)
        {
            _connections--;
            var share = _shares[KeyOf(peer)];
            if (share.Connections == 1) _shares.Remove(KeyOf(peer));
            else _shares[KeyOf(peer)] = share with { Connections = share.Connections - 1 };
        }
    }

    /// <summary>A host of IPv6 usually commands the 2^64 addresses of its network.</summary>
    private static UInt128 KeyOf(IPAddress peer)
    {
        Span<byte> octets = stackalloc byte[16];
        peer.MapToIPv6().TryWriteBytes(octets, out _);
        if (peer.AddressFamily == AddressFamily.InterNetworkV6 && !peer.IsIPv4MappedToIPv6) octets[8..].Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    private readonly record struct Share(int Connections, int Handshakes);
}
