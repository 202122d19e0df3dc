using System.Buffers.Binary;

namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>The little that can be read of a packet while its payload is encrypted.</summary>
internal static class SrtpPacket
{
    public const int RtcpHeaderLength = 8;

    /// <summary>Reads the header with its contributing sources and extension, which stay in the clear (RFC 3711 section 3.1).</summary>
    /// <remarks>Not by <see cref="RtpHeader.TryParse"/>: where padding ends is encrypted.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> packet, out int headerLength, out uint ssrc, out SequenceNumber sequence)
    {
        (headerLength, ssrc, sequence) = (0, 0, default);
        if (packet.Length < RtpHeader.FixedLength || packet[0] >> 6 != 2) return false;
        sequence = new SequenceNumber(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        headerLength = RtpHeader.FixedLength + (4 * (packet[0] & 0x0F));
        if ((packet[0] & 0x10) == 0) return headerLength <= packet.Length;
        if (headerLength + 4 > packet.Length) return false;
        headerLength += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(headerLength + 2)..]));
        return headerLength <= packet.Length;
    }

    /// <summary>Reads the source of an RTCP compound's first packet.</summary>
    public static bool TryReadRtcp(ReadOnlySpan<byte> packet, out uint ssrc)
    {
        ssrc = 0;
        if (packet.Length < RtcpHeaderLength || packet[0] >> 6 != 2) return false;
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        return true;
    }
}
