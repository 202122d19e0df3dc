using System.Buffers.Binary;

namespace Interop.Bridges.Wire.Rtp.Rtcp;

/// <summary>One reception report block (RFC 3550 §6.4.1).</summary>
/// <param name="Ssrc">The source that is reported on.</param>
/// <param name="FractionLost">Loss since the last report, in 256ths.</param>
/// <param name="CumulativeLost">Loss since the beginning; signed, 24 bits.</param>
/// <param name="HighestSequence">The extended highest sequence number received.</param>
/// <param name="Jitter">Interarrival jitter in units of the media clock.</param>
/// <param name="LastSenderReport">The middle 32 bits of the last SR's NTP time, or 0.</param>
/// <param name="DelaySinceLastSenderReport">In 1/65,536 s, or 0.</param>
public readonly record struct ReportBlock(
    uint Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint HighestSequence,
    uint Jitter,
    uint LastSenderReport,
    uint DelaySinceLastSenderReport)
{
    /// <summary>The length of a block on the wire.</summary>
    public const int Length = 24;

    /// <summary>The time from the SR to this report and back, without the time it lay at the far end (§6.4.1).</summary>
    /// <returns>False when no SR had been received there, or when the clocks contradict each other.</returns>
    public bool TryGetRoundTrip(NtpTime arrival, out TimeSpan roundTrip)
    {
        var units = arrival.Middle - LastSenderReport - DelaySinceLastSenderReport;
        roundTrip = NtpTime.FromUnits(units);
        return LastSenderReport != 0 && units < int.MaxValue;
    }

    internal static ReportBlock Read(ReadOnlySpan<byte> block)
    {
        var loss = BinaryPrimitives.ReadInt32BigEndian(block[4..]);
        return new ReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(block),
            (byte)(loss >> 24),
            (loss << 8) >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
    }

    internal void Write(Span<byte> block)
    {
        BinaryPrimitives.WriteUInt32BigEndian(block, Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(block[4..], (FractionLost << 24) | (CumulativeLost & 0xFF_FFFF));
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], DelaySinceLastSenderReport);
    }
}

/// <summary>The sender information of an SR (RFC 3550 §6.4.1).</summary>
/// <param name="Ntp">When the report was made.</param>
/// <param name="RtpTimestamp">The same instant on the media clock.</param>
/// <param name="Packets">Packets sent.</param>
/// <param name="Octets">Payload octets sent.</param>
public readonly record struct SenderInfo(NtpTime Ntp, uint RtpTimestamp, uint Packets, uint Octets)
{
    internal const int Length = 20;

    internal static SenderInfo Read(ReadOnlySpan<byte> info) => new(
        new NtpTime(BinaryPrimitives.ReadUInt64BigEndian(info)),
        BinaryPrimitives.ReadUInt32BigEndian(info[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(info[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(info[16..]));

    internal void Write(Span<byte> info)
    {
        BinaryPrimitives.WriteUInt64BigEndian(info, Ntp.Value);
        BinaryPrimitives.WriteUInt32BigEndian(info[8..], RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(info[12..], Packets);
        BinaryPrimitives.WriteUInt32BigEndian(info[16..], Octets);
    }
}
