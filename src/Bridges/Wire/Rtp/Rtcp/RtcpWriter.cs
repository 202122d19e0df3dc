using System.Buffers.Binary;

namespace Interop.Bridges.Wire.Rtp.Rtcp;

/// <summary>Writes one RTCP compound into the caller's buffer; each method is false, and writes nothing, when it is full.</summary>
/// <remarks>RFC 3550 §6.1: begin with a report, and follow it with an SDES that carries the CNAME.</remarks>
public ref struct RtcpWriter(Span<byte> buffer)
{
    internal const byte CanonicalNameItem = 1;
    private readonly Span<byte> _buffer = buffer;

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>Writes an SR.</summary>
    public bool TryWriteSenderReport(uint ssrc, SenderInfo sender, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        var body = 4 + SenderInfo.Length + (blocks.Length * ReportBlock.Length);
        if (!TryBegin(RtcpTypes.SenderReport, blocks.Length, body, out var packet)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet, ssrc);
        sender.Write(packet[4..]);
        Write(blocks, packet[(4 + SenderInfo.Length)..]);
        return true;
    }

    /// <summary>Writes an RR; with no block it is the empty report that a compound may begin with.</summary>
    public bool TryWriteReceiverReport(uint ssrc, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        if (!TryBegin(RtcpTypes.ReceiverReport, blocks.Length, 4 + (blocks.Length * ReportBlock.Length), out var packet)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet, ssrc);
        Write(blocks, packet[4..]);
        return true;
    }

    /// <summary>Writes an SDES of one chunk with a CNAME of at most 255 bytes of UTF-8.</summary>
    public bool TryWriteCanonicalName(uint ssrc, scoped ReadOnlySpan<byte> name)
    {
        if (name.Length > 255) return false;
        // At least one null octet ends the items, and the chunk ends on a word (§6.5).
        var body = (4 + 2 + name.Length + 4) & ~3;
        if (!TryBegin(RtcpTypes.SourceDescription, 1, body, out var packet)) return false;
        packet.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(packet, ssrc);
        packet[4] = CanonicalNameItem;
        packet[5] = (byte)name.Length;
        name.CopyTo(packet[6..]);
        return true;
    }

    /// <summary>Writes a BYE without a reason.</summary>
    public bool TryWriteGoodbye(uint ssrc)
    {
        if (!TryBegin(RtcpTypes.Goodbye, 1, 4, out var packet)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet, ssrc);
        return true;
    }

    private static void Write(scoped ReadOnlySpan<ReportBlock> blocks, Span<byte> destination)
    {
        for (var i = 0; i < blocks.Length; i++) blocks[i].Write(destination[(i * ReportBlock.Length)..]);
    }

    private bool TryBegin(byte type, int count, int body, out Span<byte> packet)
    {
        packet = default;
        var length = RtcpReader.HeaderLength + body;
        if (count > 31 || Length + length > _buffer.Length) return false;
        var header = _buffer.Slice(Length, length);
        header[0] = (byte)(0x80 | count);
        header[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)((length / 4) - 1));
        Length += length;
        packet = header[RtcpReader.HeaderLength..];
        return true;
    }
}
