using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Interop.Bridges.Wire.Rtp.Stun;

/// <summary>Writes one STUN message into the caller's memory, attribute by attribute.</summary>
/// <remarks>What has no room makes the message <see cref="Failed"/>, and then its <see cref="Length"/> is 0: half a message is never sent.</remarks>
public ref struct StunWriter
{
    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Begins a message.</summary>
    /// <param name="buffer">Where it is written; as long as the longest message that the caller wants.</param>
    /// <param name="type">What it is.</param>
    /// <param name="transactionId">12 bytes: random in a request, the request's in an answer.</param>
    public StunWriter(Span<byte> buffer, StunType type, scoped ReadOnlySpan<byte> transactionId)
    {
        _buffer = buffer.Length > StunMessage.LongestBytes ? buffer[..StunMessage.LongestBytes] : buffer;
        if (_buffer.Length < StunMessage.HeaderBytes || transactionId.Length != 12)
        {
            Failed = true;
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_buffer, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[4..], StunMessage.MagicCookie);
        transactionId.CopyTo(_buffer[8..]);
        _length = StunMessage.HeaderBytes;
    }

    /// <summary>Whether something had no room.</summary>
    public bool Failed { get; private set; }

    /// <summary>How long the message is so far; 0 when it failed.</summary>
    public readonly int Length => Failed ? 0 : _length;

    /// <summary>Writes an attribute as it is, and pads it.</summary>
    public void Add(StunAttribute type, scoped ReadOnlySpan<byte> value)
    {
        if (Begin(type, value.Length) is var body && !body.IsEmpty) value.CopyTo(body);
    }

    /// <summary>Writes USE-CANDIDATE.</summary>
    public void AddUseCandidate() => Begin(StunAttribute.UseCandidate, 0);

    /// <summary>Writes an attribute of 32 bits.</summary>
    public void Add(StunAttribute type, uint value)
    {
        if (Begin(type, 4) is var body && !body.IsEmpty) BinaryPrimitives.WriteUInt32BigEndian(body, value);
    }

    /// <summary>Writes an attribute of 64 bits.</summary>
    public void Add(StunAttribute type, ulong value)
    {
        if (Begin(type, 8) is var body && !body.IsEmpty) BinaryPrimitives.WriteUInt64BigEndian(body, value);
    }

    /// <summary>Writes XOR-MAPPED-ADDRESS (RFC 8489 §14.2).</summary>
    /// <param name="address">4 or 16 bytes.</param>
    /// <param name="port">The port.</param>
    public void AddMappedAddress(scoped ReadOnlySpan<byte> address, ushort port)
    {
        var body = Begin(StunAttribute.XorMappedAddress, 4 + address.Length);
        if (body.IsEmpty) return;
        body[0] = 0;
        body[1] = address.Length == 4 ? (byte)1 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], (ushort)(port ^ (StunMessage.MagicCookie >> 16)));
        for (var i = 0; i < address.Length; i++) body[4 + i] = (byte)(address[i] ^ _buffer[4 + i]);
    }

    /// <inheritdoc cref="AddMappedAddress(ReadOnlySpan{byte}, ushort)"/>
    public void AddMappedAddress(IPEndPoint seen)
    {
        Span<byte> address = stackalloc byte[16];
        seen.Address.TryWriteBytes(address, out var size);
        AddMappedAddress(address[..size], (ushort)seen.Port);
    }

    /// <summary>Writes ERROR-CODE with no words: who made the mistake is a program.</summary>
    public void AddError(StunError code)
    {
        var body = Begin(StunAttribute.ErrorCode, 4);
        if (body.IsEmpty) return;
        body.Clear();
        body[2] = (byte)((int)code / 100);
        body[3] = (byte)((int)code % 100);
    }

    /// <summary>Writes UNKNOWN-ATTRIBUTES with one of them.</summary>
    public void AddUnknown(ushort type)
    {
        if (Begin(StunAttribute.UnknownAttributes, 2) is var body && !body.IsEmpty) BinaryPrimitives.WriteUInt16BigEndian(body, type);
    }

    /// <summary>Writes MESSAGE-INTEGRITY over what is there; only <see cref="AddFingerprint"/> may follow.</summary>
    public void AddIntegrity(scoped ReadOnlySpan<byte> key)
    {
        var before = _length;
        var body = Begin(StunAttribute.MessageIntegrity, StunMessage.IntegrityBytes);
        if (!body.IsEmpty) StunMessage.ComputeIntegrity(_buffer[..before], key, body);
    }

    /// <summary>Writes FINGERPRINT over what is there; nothing may follow.</summary>
    public void AddFingerprint()
    {
        var before = _length;
        var body = Begin(StunAttribute.Fingerprint, 4);
        if (!body.IsEmpty) BinaryPrimitives.WriteUInt32BigEndian(body, Crc32.Of(_buffer[..before]) ^ StunMessage.FingerprintMask);
    }

    /// <summary>Writes USERNAME from text.</summary>
    public void AddUsername(string name)
    {
        var body = Begin(StunAttribute.Username, Encoding.UTF8.GetByteCount(name));
        if (!body.IsEmpty) Encoding.UTF8.GetBytes(name, body);
    }

    /// <summary>Makes room for a value, and has the header say the length with it.</summary>
    private Span<byte> Begin(StunAttribute type, int size)
    {
        var padded = 4 + ((size + 3) & ~3);
        if (Failed || _length + padded > _buffer.Length)
        {
            Failed = true;
            return default;
        }

        var at = _buffer.Slice(_length, padded);
        at.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(at[2..], (ushort)size);
        _length += padded;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(_length - StunMessage.HeaderBytes));
        return at.Slice(4, size);
    }
}
