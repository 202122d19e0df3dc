namespace Interop.Bridges.Media.Codecs;

/// <summary>Puts several Opus frames into one packet (RFC 6716 §3.2.5), for far ends that like packets longer than a frame.</summary>
internal static class OpusFrame
{
    private const byte ManyFrames = 3;
    private const byte VariableLengths = 0x80;
    private const byte Padded = 0x40;
    private const int OneOctetLengths = 252;

    /// <summary>How long each frame of a packet is, in 1/8000 s (RFC 6716 table 2).</summary>
    public static int TimeOf(byte head)
    {
        var configuration = head >> 3;
        return configuration switch
        {
            < 12 => (configuration & 3) switch { 0 => 80, var step => step * 160 },
            < 16 => 80 << (configuration & 1),
            _ => 20 << (configuration & 3),
        };
    }

    /// <summary>Mode, bandwidth, frame length and channels of a packet's frames.</summary>
    public static int KindOf(ReadOnlySpan<byte> packet) => packet[0] >> 2;

    /// <summary>The frame of a packet that holds a single one, without the padding that a constant bit rate puts after it; empty when it holds none or several.</summary>
    public static ReadOnlySpan<byte> Single(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 2 || (packet[0] & 3) is 1 or 2) return default;
        if ((packet[0] & 3) == 0) return packet[1..];
        if ((packet[1] & 0x3F) != 1) return default;
        var rest = packet[2..];
        if ((packet[1] & Padded) == 0) return rest;
        var padding = 0;
        while (rest.Length > 0 && rest[0] == 255)
        {
            padding += 254;
            rest = rest[1..];
        }

        if (rest.IsEmpty || rest[0] >= rest.Length - padding) return default;
        return rest[1..^(padding + rest[0])];
    }

    /// <summary>Adds a frame to a packet that is being put together, and returns the new length.</summary>
    /// <param name="held">What there is, with room after it.</param>
    /// <param name="length">Its length; 0 for nothing yet.</param>
    /// <param name="kind">The kind of all of its frames.</param>
    /// <param name="frame">One more.</param>
    public static int Append(Span<byte> held, int length, int kind, ReadOnlySpan<byte> frame)
    {
        if (length == 0)
        {
            held[0] = (byte)(kind << 2);
            frame.CopyTo(held[1..]);
            return 1 + frame.Length;
        }

        // The lengths of all frames but the last stand at the beginning, so one more moves what is there.
        var last = LengthOfLast(held[..length], out var headers);
        var needed = last < OneOctetLengths ? 1 : 2;
        var grown = headers == 1 ? 1 + needed : needed;
        held[headers..length].CopyTo(held[(headers + grown)..]);
        var count = headers == 1 ? 1 : held[1] & 0x3F;
        held[0] |= ManyFrames;
        held[1] = (byte)(VariableLengths | (count + 1));
        WriteLength(held[(headers + grown - needed)..], last);
        frame.CopyTo(held[(length + grown)..]);
        return length + grown + frame.Length;
    }

    private static int LengthOfLast(ReadOnlySpan<byte> held, out int headers)
    {
        headers = 1;
        if ((held[0] & 3) != ManyFrames) return held.Length - 1;
        headers = 2;
        var sum = 0;
        for (var left = (held[1] & 0x3F) - 1; left > 0; left--)
        {
            int length = held[headers++];
            if (length >= OneOctetLengths) length += 4 * held[headers++];
            sum += length;
        }

        return held.Length - headers - sum;
    }

    private static void WriteLength(Span<byte> to, int length)
    {
        if (length < OneOctetLengths)
        {
            to[0] = (byte)length;
            return;
        }

        to[0] = (byte)(OneOctetLengths + (length & 3));
        to[1] = (byte)((length - to[0]) / 4);
    }
}
