using System.Buffers.Binary;

namespace Interop.Bridges.Wire.Rtp;

/// <summary>The header of one RTP packet (RFC 3550 §5.1), and where its parts lie in the datagram it was parsed from.</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |           synchronization source (SSRC) identifier            |
/// |            contributing source (CSRC) identifiers (CC)        |
/// </code>
/// It holds offsets and not spans, so that it may be kept while the caller owns the buffer.
/// </remarks>
public struct RtpHeader
{
    /// <summary>The length of a header with neither CSRC nor extension.</summary>
    public const int FixedLength = 12;

    /// <summary>The most contributing sources that a header has room for.</summary>
    public const int MostCsrcs = 15;

    private const byte Version2 = 0x80;
    private const byte VersionMask = 0xC0;
    private const byte PaddingBit = 0x20;
    private const byte ExtensionBit = 0x10;
    private const byte CountMask = 0x0F;
    private const byte MarkerBit = 0x80;
    private const byte TypeMask = 0x7F;

    /// <summary>The marker bit: for audio, the first packet of a talkspurt (RFC 3551 §4.1).</summary>
    public bool Marker { get; set; }

    /// <summary>The payload type, 0 to 127.</summary>
    public byte PayloadType { get; set; }

    /// <summary>The sequence number.</summary>
    public SequenceNumber Sequence { get; set; }

    /// <summary>The media timestamp, in units of the payload's clock.</summary>
    public uint Timestamp { get; set; }

    /// <summary>The synchronization source.</summary>
    public uint Ssrc { get; set; }

    /// <summary>How many contributing sources follow the fixed header, 0 to 15.</summary>
    public int CsrcCount { get; private set; }

    /// <summary>The profile-defined 16 bits of the header extension; meaningful when <see cref="HasExtension"/>.</summary>
    public ushort ExtensionProfile { get; private set; }

    /// <summary>Whether a header extension is present, possibly of length zero.</summary>
    public bool HasExtension { get; private set; }

    /// <summary>Where the extension's data lie in the datagram.</summary>
    public Range Extension { get; private set; }

    /// <summary>Where the payload lies in the datagram, padding left off.</summary>
    public Range Payload { get; private set; }

    /// <summary>Parses a whole datagram into <paramref name="header"/>.</summary>
    /// <returns>False with the first <paramref name="error"/> when it is not RTP; never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out RtpHeader header, out RtpParseError error)
    {
        header = default;
        if (datagram.Length < FixedLength) return Fail(RtpErrorKind.Truncated, datagram.Length, out error);
        var first = datagram[0];
        if ((first & VersionMask) != Version2) return Fail(RtpErrorKind.Version, 0, out error);

        header.CsrcCount = first & CountMask;
        header.Marker = (datagram[1] & MarkerBit) != 0;
        header.PayloadType = (byte)(datagram[1] & TypeMask);
        header.Sequence = new SequenceNumber(BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]));
        header.Timestamp = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
        header.Ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]);

        var offset = FixedLength + (4 * header.CsrcCount);
        if (offset > datagram.Length) return Fail(RtpErrorKind.Truncated, datagram.Length, out error);
        if ((first & ExtensionBit) != 0)
        {
            if (offset + 4 > datagram.Length) return Fail(RtpErrorKind.Truncated, datagram.Length, out error);
            header.HasExtension = true;
            header.ExtensionProfile = BinaryPrimitives.ReadUInt16BigEndian(datagram[offset..]);
            var start = offset + 4;
            offset = start + (4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(offset + 2)..]));
            if (offset > datagram.Length) return Fail(RtpErrorKind.Length, start - 2, out error);
            header.Extension = start..offset;
        }

        var end = datagram.Length;
        if ((first & PaddingBit) != 0)
        {
            // RFC 3550 §5.1: the last octet counts the padding "including itself".
            int padding = datagram[^1];
            if (padding == 0 || padding > end - offset) return Fail(RtpErrorKind.Padding, end - 1, out error);
            end -= padding;
        }

        header.Payload = offset..end;
        error = default;
        return true;
    }

    /// <summary>Reads one contributing source of the datagram that this header was parsed from.</summary>
    public readonly uint Csrc(ReadOnlySpan<byte> datagram, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)CsrcCount, nameof(index));
        return BinaryPrimitives.ReadUInt32BigEndian(datagram[(FixedLength + (4 * index))..]);
    }

    /// <summary>Writes the header; the payload belongs at <see cref="LengthWith"/>.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="csrcs">The contributing sources; of more than <see cref="MostCsrcs"/> the first.</param>
    /// <returns>False when <paramref name="destination"/> is too short.</returns>
    public readonly bool TryWrite(Span<byte> destination, ReadOnlySpan<uint> csrcs = default)
    {
        if (csrcs.Length > MostCsrcs) csrcs = csrcs[..MostCsrcs];
        if (destination.Length < LengthWith(csrcs.Length)) return false;
        destination[0] = (byte)(Version2 | csrcs.Length);
        destination[1] = (byte)((Marker ? MarkerBit : 0) | (PayloadType & TypeMask));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Sequence.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Ssrc);
        for (var i = 0; i < csrcs.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(destination[LengthWith(i)..], csrcs[i]);
        return true;
    }

    /// <summary>The length of a header with so many contributing sources and no extension.</summary>
    public static int LengthWith(int csrcs) => FixedLength + (4 * Math.Min(csrcs, MostCsrcs));

    private static bool Fail(RtpErrorKind kind, int offset, out RtpParseError error)
    {
        error = new RtpParseError(kind, offset);
        return false;
    }
}
