using System.Buffers.Binary;

namespace Interop.Bridges.Wire.Rtp.Rtcp;

/// <summary>The RTCP packet types of RFC 3550 §12.1.</summary>
public static class RtcpTypes
{
    /// <summary>Sender report.</summary>
    public const byte SenderReport = 200;

    /// <summary>Receiver report.</summary>
    public const byte ReceiverReport = 201;

    /// <summary>Source description.</summary>
    public const byte SourceDescription = 202;

    /// <summary>Goodbye.</summary>
    public const byte Goodbye = 203;
}

/// <summary>Walks the packets of one RTCP compound that has been found sound as a whole.</summary>
/// <remarks>
/// All lengths and counts are checked before the first packet is given out (RFC 3550 A.2): a compound with one false
/// length is dropped whole, since every later boundary in it is a guess.
/// </remarks>
public ref struct RtcpReader
{
    internal const int HeaderLength = 4;
    private ReadOnlySpan<byte> _rest;

    private RtcpReader(ReadOnlySpan<byte> compound) => _rest = compound;

    /// <summary>Opens a compound.</summary>
    /// <returns>False with the first <paramref name="error"/> when anything in it is false; never throws.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> datagram, out RtcpReader reader, out RtpParseError error)
    {
        reader = default;
        var offset = 0;
        do
        {
            var kind = Check(datagram[offset..], offset == 0, out var length);
            if (kind != RtpErrorKind.None)
            {
                error = new RtpParseError(kind, offset);
                return false;
            }

            offset += length;
        }
        while (offset < datagram.Length);

        reader = new RtcpReader(datagram);
        error = default;
        return true;
    }

    /// <summary>Takes the next packet.</summary>
    public bool TryRead(out RtcpPacket packet)
    {
        packet = default;
        if (_rest.IsEmpty) return false;
        var length = LengthOf(_rest);
        packet = new RtcpPacket(_rest[..length]);
        _rest = _rest[length..];
        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> packet) => 4 * (BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) + 1);

    private static RtpErrorKind Check(ReadOnlySpan<byte> rest, bool first, out int length)
    {
        length = 0;
        if (rest.Length < HeaderLength) return RtpErrorKind.Truncated;
        if (rest[0] >> 6 != 2) return RtpErrorKind.Version;
        var type = rest[1];
        if (first && type is not (RtcpTypes.SenderReport or RtcpTypes.ReceiverReport)) return RtpErrorKind.PacketType;
        length = LengthOf(rest);
        if (length > rest.Length) return RtpErrorKind.Length;

        // "Padding may only be present in the last packet of a compound" (§6.4.1), and it counts in words.
        if ((rest[0] & 0x20) != 0)
        {
            var padding = rest[length - 1];
            if (length != rest.Length || first || padding == 0 || padding % 4 != 0 || padding > length - HeaderLength) return RtpErrorKind.Padding;
        }

        var count = rest[0] & 0x1F;
        var needed = type switch
        {
            RtcpTypes.SenderReport => 8 + SenderInfo.Length + (count * ReportBlock.Length),
            RtcpTypes.ReceiverReport => 8 + (count * ReportBlock.Length),
            RtcpTypes.Goodbye => HeaderLength + (count * 4),
            _ => HeaderLength,
        };
        return length < needed ? RtpErrorKind.Length : RtpErrorKind.None;
    }
}

/// <summary>One packet of a compound; valid while the datagram's buffer is.</summary>
public readonly ref struct RtcpPacket
{
    private readonly ReadOnlySpan<byte> _packet;

    internal RtcpPacket(ReadOnlySpan<byte> packet) => _packet = packet;

    /// <summary>The packet type: one of <see cref="RtcpTypes"/> or one that is unknown here and may be skipped.</summary>
    public byte Type => _packet[1];

    /// <summary>Report blocks of an SR or RR, sources of a BYE, chunks of an SDES.</summary>
    public int Count => _packet[0] & 0x1F;

    /// <summary>The source that sent an SR or RR, or the first that a BYE names; 0 when there is none.</summary>
    public uint Ssrc => _packet.Length >= 8 ? BinaryPrimitives.ReadUInt32BigEndian(_packet[4..]) : 0;

    /// <summary>The sender information of an SR.</summary>
    public SenderInfo Sender => Type == RtcpTypes.SenderReport ? SenderInfo.Read(_packet[8..]) : default;

    /// <summary>One report block of an SR or RR.</summary>
    public ReportBlock Report(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        if (Type is not (RtcpTypes.SenderReport or RtcpTypes.ReceiverReport)) return default;
        var start = Type == RtcpTypes.SenderReport ? 8 + SenderInfo.Length : 8;
        return ReportBlock.Read(_packet[(start + (index * ReportBlock.Length))..]);
    }

    /// <summary>The CNAME of the first chunk of an SDES, as bytes of UTF-8; empty when there is none.</summary>
    public ReadOnlySpan<byte> CanonicalName()
    {
        if (Type != RtcpTypes.SourceDescription || Count == 0) return default;
        for (var offset = 8; offset + 2 <= _packet.Length && _packet[offset] != 0;)
        {
            var end = offset + 2 + _packet[offset + 1];
            if (end > _packet.Length) return default;
            if (_packet[offset] == RtcpWriter.CanonicalNameItem) return _packet[(offset + 2)..end];
            offset = end;
        }

        return default;
    }
}
