using System.Buffers.Binary;
using System.Net;

namespace Interop.Bridges.Wire.Rtp.Ice;

/// <summary>An IP address and port as a value (RFC 8445 §4), so that looking one up allocates nothing; IPv4 in its mapped form.</summary>
public readonly record struct TransportAddress(UInt128 Address, ushort Port)
{
    private static readonly UInt128 s_mapped = new(0, 0xFFFF_0000_0000);

    /// <summary>Whether it is one of IPv4.</summary>
    public bool IsV4 => Address >> 32 == s_mapped >> 32;

    /// <summary>The value of an end point.</summary>
    public static TransportAddress From(IPEndPoint endPoint)
    {
        Span<byte> octets = stackalloc byte[16];
        endPoint.Address.TryWriteBytes(octets, out var length);
        return length == 4
            ? new TransportAddress(s_mapped | BinaryPrimitives.ReadUInt32BigEndian(octets), (ushort)endPoint.Port)
            : new TransportAddress(BinaryPrimitives.ReadUInt128BigEndian(octets), (ushort)endPoint.Port);
    }

    /// <summary>Writes the address in network order.</summary>
    /// <returns>4 or 16, the length.</returns>
    public int WriteAddress(Span<byte> destination)
    {
        if (IsV4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)(Address & uint.MaxValue));
            return 4;
        }

        BinaryPrimitives.WriteUInt128BigEndian(destination, Address);
        return 16;
    }

    /// <summary>The end point of the value.</summary>
    public IPEndPoint ToEndPoint()
    {
        Span<byte> octets = stackalloc byte[16];
        return new IPEndPoint(new IPAddress(octets[..WriteAddress(octets)]), Port);
    }
}
