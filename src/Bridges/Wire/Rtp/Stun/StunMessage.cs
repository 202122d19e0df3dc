using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Rtp.Stun;

/// <summary>One STUN message (RFC 8489 §5), read where it lies in its datagram.</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |0 0|     STUN Message Type     |         Message Length        |
/// |                         Magic Cookie                          |
/// |                     Transaction ID (96 bits)                  |
/// </code>
/// Of an attribute that stands there twice the first counts (§14), and what follows the integrity is not believed (§14.5).
/// Nothing of it is proved before <see cref="Proves"/> has said so.
/// </remarks>
public ref struct StunMessage
{
    /// <summary>The length of the header.</summary>
    public const int HeaderBytes = 20;

    /// <summary>The longest message that is read: the least path MTU of IPv6, in which a check always has room.</summary>
    public const int LongestBytes = 1280;

    /// <summary>The length of MESSAGE-INTEGRITY's value.</summary>
    public const int IntegrityBytes = HMACSHA1.HashSizeInBytes;

    internal const uint MagicCookie = 0x2112_A442;
    internal const uint FingerprintMask = 0x5354_554E;
    private const int MostAttributes = 32;

    private readonly ReadOnlySpan<byte> _datagram;
    private ReadOnlySpan<byte> _username;
    private ReadOnlySpan<byte> _mapped;
    private ReadOnlySpan<byte> _error;
    private int _integrityAt;

    private StunMessage(ReadOnlySpan<byte> datagram) => _datagram = datagram;

    /// <summary>What it is.</summary>
    public readonly StunType Type => (StunType)BinaryPrimitives.ReadUInt16BigEndian(_datagram);

    /// <summary>The 12 bytes that an answer repeats.</summary>
    public readonly ReadOnlySpan<byte> TransactionId => _datagram[8..HeaderBytes];

    /// <summary>USERNAME; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> Username => _username;

    /// <summary>PRIORITY; null when there is none.</summary>
    public uint? Priority { get; private set; }

    /// <summary>Whether the sender nominates this pair.</summary>
    public bool UseCandidate { get; private set; }

    /// <summary>The tie-breaker of a sender that believes to be controlled; null when it does not say so.</summary>
    public ulong? IceControlled { get; private set; }

    /// <summary>The tie-breaker of a sender that believes to be controlling; null when it does not say so.</summary>
    public ulong? IceControlling { get; private set; }

    /// <summary>The first attribute that must be understood and is not; 0 when there is none.</summary>
    public ushort Unknown { get; private set; }

    /// <summary>Whether MESSAGE-INTEGRITY is there; whether it is right, <see cref="Proves"/> says.</summary>
    public readonly bool HasIntegrity => _integrityAt > 0;

    /// <summary>Whether FINGERPRINT is there, last and right; a wrong one makes the datagram no STUN message at all.</summary>
    public bool HasFingerprint { get; private set; }

    /// <summary>ERROR-CODE's number; 0 when there is none.</summary>
    public readonly int ErrorCode => _error.Length < 4 ? 0 : ((_error[2] & 7) * 100) + _error[3];

    /// <summary>Reads a whole datagram.</summary>
    /// <returns>False with the <paramref name="fault"/> when it is no STUN message; never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out StunMessage message, out StunFault fault)
    {
        message = new StunMessage(datagram);
        fault = datagram.Length is < HeaderBytes or > LongestBytes ? StunFault.Size
            : datagram[0] > 0x3F || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie ? StunFault.Cookie
            : BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) is var length && (length != datagram.Length - HeaderBytes || length % 4 != 0) ? StunFault.Length
            : message.ReadAttributes();
        return fault == StunFault.None;
    }

    /// <summary>Whether whoever has the password made this message (RFC 8489 §14.5); compared in constant time.</summary>
    /// <param name="key">The password of the short-term mechanism in UTF-8, or the key of the long-term one.</param>
    public readonly bool Proves(ReadOnlySpan<byte> key)
    {
        if (!HasIntegrity) return false;
        Span<byte> proof = stackalloc byte[IntegrityBytes];
        ComputeIntegrity(_datagram[.._integrityAt], key, proof);
        return CryptographicOperations.FixedTimeEquals(proof, _datagram.Slice(_integrityAt + 4, IntegrityBytes));
    }

    /// <summary>Reads XOR-MAPPED-ADDRESS.</summary>
    public readonly bool TryGetMappedAddress(out IPEndPoint? address)
    {
        address = null;
        var size = _mapped.Length - 4;
        if (size is not (4 or 16) || _mapped[1] != (size == 4 ? 1 : 2)) return false;
        var port = BinaryPrimitives.ReadUInt16BigEndian(_mapped[2..]) ^ (MagicCookie >> 16);
        Span<byte> octets = stackalloc byte[size];
        for (var i = 0; i < size; i++) octets[i] = (byte)(_mapped[4 + i] ^ _datagram[4 + i]);
        address = new IPEndPoint(new IPAddress(octets), (int)port);
        return true;
    }

    /// <summary>The HMAC over a message of which the integrity would be the last attribute.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA1 is what MESSAGE-INTEGRITY is, and the only one that ICE has (RFC 8445 section 7.1.2).")]
    internal static void ComputeIntegrity(ReadOnlySpan<byte> before, ReadOnlySpan<byte> key, Span<byte> proof)
    {
        Span<byte> covered = stackalloc byte[LongestBytes];
        before.CopyTo(covered);
        // §14.5: the length is "adjusted to contain the value" that it would have if the integrity were the end.
        BinaryPrimitives.WriteUInt16BigEndian(covered[2..], (ushort)(before.Length - HeaderBytes + 4 + IntegrityBytes));
        HMACSHA1.HashData(key, covered[..before.Length], proof);
    }

    private StunFault ReadAttributes()
    {
        var at = HeaderBytes;
        for (var count = 0; at < _datagram.Length; count++)
        {
            if (count == MostAttributes) return StunFault.TooMany;
            if (HasFingerprint) return StunFault.Attribute;
            var rest = _datagram[at..];
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            var padded = 4 + ((length + 3) & ~3);
            if (padded > rest.Length) return StunFault.Attribute;
            var type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (!Take(type, rest.Slice(4, length), at)) return StunFault.Attribute;
            at += padded;
        }

        return StunFault.None;
    }

    /// <summary>False when the value cannot be one of its type.</summary>
    private bool Take(StunAttribute type, ReadOnlySpan<byte> value, int at)
    {
        if (type == StunAttribute.Fingerprint)
            return HasFingerprint = value.Length == 4 && BinaryPrimitives.ReadUInt32BigEndian(value) == (Crc32.Of(_datagram[..at]) ^ FingerprintMask);
        if (HasIntegrity) return true;
        switch (type)
        {
            case StunAttribute.MessageIntegrity:
                _integrityAt = at;
                return value.Length == IntegrityBytes;
            case StunAttribute.Username:
                if (_username.IsEmpty) _username = value;
                return true;
            case StunAttribute.XorMappedAddress:
                if (_mapped.IsEmpty) _mapped = value;
                return true;
            case StunAttribute.ErrorCode:
                if (_error.IsEmpty) _error = value;
                return true;
            case StunAttribute.UseCandidate:
                UseCandidate = true;
                return value.IsEmpty;
            case StunAttribute.Priority:
                if (value.Length == 4) Priority ??= BinaryPrimitives.ReadUInt32BigEndian(value);
                return value.Length == 4;
            case StunAttribute.IceControlled:
                if (value.Length == 8) IceControlled ??= BinaryPrimitives.ReadUInt64BigEndian(value);
                return value.Length == 8;
            case StunAttribute.IceControlling:
                if (value.Length == 8) IceControlling ??= BinaryPrimitives.ReadUInt64BigEndian(value);
                return value.Length == 8;
            case StunAttribute.UnknownAttributes or StunAttribute.MessageIntegritySha256:
                return true;
            default:
                // Those from 0x8000 on may be passed over (§14).
                if ((int)type < 0x8000 && Unknown == 0) Unknown = (ushort)type;
                return true;
        }
    }
}
