using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Media.Sockets;

/// <summary>An address and port as a value, so that comparing sources allocates nothing; IPv4 in its mapped form.</summary>
internal readonly record struct Source(UInt128 Address, ushort Port)
{
    private static readonly UInt128 Mapped = new(0, 0xFFFF_0000_0000);

    public static Source From(SocketAddress address)
    {
        // sockaddr_in: the family, then the port and the address in network order. sockaddr_in6 has its flow in between.
        var bytes = address.Buffer.Span;
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return address.Family == AddressFamily.InterNetworkV6
            ? new Source(BinaryPrimitives.ReadUInt128BigEndian(bytes[8..]), port)
            : new Source(Mapped | BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), port);
    }

    public static Source From(IPEndPoint endPoint)
    {
        Span<byte> bytes = stackalloc byte[16];
        endPoint.Address.TryWriteBytes(bytes, out var length);
        return length == 4
            ? new Source(Mapped | BinaryPrimitives.ReadUInt32BigEndian(bytes), (ushort)endPoint.Port)
            : new Source(BinaryPrimitives.ReadUInt128BigEndian(bytes), (ushort)endPoint.Port);
    }

    /// <summary>Whether the address is one that only its own network knows (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 §2.5.6).</summary>
    public bool IsPrivate => Address >> 32 == Mapped >> 32
        ? (uint)Address is var four && (four >> 24 == 10 || four >> 20 == 0xAC1 || four >> 16 is 0xC0A8 or 0xA9FE || four >> 22 == 0x191)
        : Address >> 121 == 0x7E || Address >> 118 == 0x3FA;

    public IPEndPoint ToEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
        return new IPEndPoint(new IPAddress(Address >> 32 == Mapped >> 32 ? bytes[12..] : bytes), Port);
    }
}

/// <summary>Where packets are sent, in the forms that sending and comparing need; made when it changes, not per packet.</summary>
internal sealed class Destination(IPEndPoint endPoint)
{
    public IPEndPoint EndPoint { get; } = endPoint;

    public SocketAddress Address { get; } = endPoint.Serialize();

    public Source Source { get; } = Source.From(endPoint);

    /// <summary>Null when the end point names nobody that a socket of that family can send to: no address, no port, or the other family.</summary>
    public static Destination? Of(IPEndPoint? endPoint, AddressFamily family = AddressFamily.InterNetwork) =>
        endPoint is null or { Port: 0 } || endPoint.AddressFamily != family || endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any)
            ? null
            : new Destination(endPoint);
}
