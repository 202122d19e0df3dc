using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Media.Sockets;

/// <summary>An IPv4 address and port as a value, so that comparing sources allocates nothing.</summary>
internal readonly record struct Source(uint Address, ushort Port)
{
    public static Source From(SocketAddress address)
    {
        // sockaddr_in: the family, then the port and the address in network order.
        var bytes = address.Buffer.Span;
        return new Source(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
    }

    public static Source From(IPEndPoint endPoint)
    {
        Span<byte> bytes = stackalloc byte[4];
        return endPoint.Address.TryWriteBytes(bytes, out var length) && length == 4
            ? new Source(BinaryPrimitives.ReadUInt32BigEndian(bytes), (ushort)endPoint.Port)
            : default;
    }

    public IPEndPoint ToEndPoint()
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Address);
        return new IPEndPoint(new IPAddress(bytes), Port);
    }
}

/// <summary>Where packets are sent, in the forms that sending and comparing need; made when it changes, not per packet.</summary>
internal sealed class Destination(IPEndPoint endPoint)
{
    public IPEndPoint EndPoint { get; } = endPoint;

    public SocketAddress Address { get; } = endPoint.Serialize();

    public Source Source { get; } = Source.From(endPoint);

    /// <summary>Null when the end point names nobody that can be sent to: no address, no port, or not IPv4.</summary>
    public static Destination? Of(IPEndPoint? endPoint) =>
        endPoint is null or { Port: 0 } or { AddressFamily: not AddressFamily.InterNetwork } || endPoint.Address.Equals(IPAddress.Any)
            ? null
            : new Destination(endPoint);
}
