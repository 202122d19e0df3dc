using System.Buffers.Binary;
using System.Net;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>Tells a phone the address that it is seen at, and that we live, on SIP's own port (RFC 5626 section 4.4.2); no other STUN.</summary>
internal static class StunResponder
{
    /// <summary>The longest answer: an address of IPv6, or the list of attributes that are not understood.</summary>
    public const int AnswerBytes = 128;

    private const int Header = 20;

    private const int MostUnknown = 8;

    private const uint MagicCookie = 0x2112A442;

    private const ushort BindingRequest = 0x0001;

    private const ushort BindingSuccess = 0x0101;

    private const ushort BindingError = 0x0111;

    private const ushort ErrorCode = 0x0009;

    private const ushort UnknownAttributes = 0x000A;

    private const ushort XorMappedAddress = 0x0020;

    /// <summary>RFC 5389 section 6: no SIP message begins with two zero bits and has the cookie there.</summary>
    public static bool IsStun(ReadOnlySpan<byte> octets) =>
        octets.Length >= Header && octets[0] < 0x40 && BinaryPrimitives.ReadUInt32BigEndian(octets[4..]) == MagicCookie;

    /// <summary>Writes the answer; 0 for what gets none.</summary>
    public static int Answer(ReadOnlySpan<byte> request, IPEndPoint from, Span<byte> answer)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(request[2..]);
        if (BinaryPrimitives.ReadUInt16BigEndian(request) != BindingRequest || length % 4 != 0 || length != request.Length - Header) return 0;
        Span<ushort> unknown = stackalloc ushort[MostUnknown];
        if (!TryUnknown(request[Header..], unknown, out var unknowns)) return 0;
        request[4..Header].CopyTo(answer[4..]);
        var body = unknowns == 0 ? WriteAddress(from, request[4..Header], answer[Header..]) : WriteUnknown(unknown[..unknowns], answer[Header..]);
        BinaryPrimitives.WriteUInt16BigEndian(answer, unknowns == 0 ? BindingSuccess : BindingError);
        BinaryPrimitives.WriteUInt16BigEndian(answer[2..], (ushort)body);
        return Header + body;
    }

    /// <summary>The attributes that must be understood (those below 0x8000); of these we know none.</summary>
    private static bool TryUnknown(ReadOnlySpan<byte> attributes, Span<ushort> unknown, out int count)
    {
        count = 0;
        while (attributes.Length >= 4)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(attributes);
            var padded = 4 + ((BinaryPrimitives.ReadUInt16BigEndian(attributes[2..]) + 3) & ~3);
            if (padded > attributes.Length) return false;
            if (type < 0x8000 && count < unknown.Length) unknown[count++] = type;
            attributes = attributes[padded..];
        }

        return attributes.IsEmpty;
    }

    private static int WriteAddress(IPEndPoint from, ReadOnlySpan<byte> mask, Span<byte> body)
    {
        body[4..8].Clear();
        from.Address.TryWriteBytes(body[8..], out var size);
        BinaryPrimitives.WriteUInt16BigEndian(body, XorMappedAddress);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], (ushort)(4 + size));
        body[5] = size == 4 ? (byte)1 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(body[6..], (ushort)(from.Port ^ (MagicCookie >> 16)));
        // RFC 5389 section 15.2: under the cookie and the transaction id, so that no gateway rewrites it.
        for (var i = 0; i < size; i++) body[8 + i] ^= mask[i];
        return 8 + size;
    }

    private static int WriteUnknown(ReadOnlySpan<ushort> unknown, Span<byte> body)
    {
        BinaryPrimitives.WriteUInt16BigEndian(body, ErrorCode);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], 4);
        body[4..6].Clear();
        (body[6], body[7]) = (4, 20);
        BinaryPrimitives.WriteUInt16BigEndian(body[8..], UnknownAttributes);
        BinaryPrimitives.WriteUInt16BigEndian(body[10..], (ushort)(unknown.Length * 2));
        for (var i = 0; i < unknown.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(body[(12 + (2 * i))..], unknown[i]);
        var padding = (4 - (unknown.Length * 2 % 4)) % 4;
        body.Slice(12 + (unknown.Length * 2), padding).Clear();
        return 12 + (unknown.Length * 2) + padding;
    }
}
