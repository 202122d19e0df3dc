using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>AES in Galois counter mode (RFC 7714).</summary>
internal sealed class GcmTransform : SrtpTransform
{
    private const int Tag = 16;
    private const int NonceLength = 12;
    private const int TrailerLength = 4;
    private const int RtcpHeaderLength = 8;

    private byte[]? _plain;
    private readonly AesGcm _cipher;
    private readonly ulong _saltLow;
    private readonly uint _saltHigh;

    public GcmTransform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        _cipher = new AesGcm(key, Tag);
        _saltHigh = BinaryPrimitives.ReadUInt32BigEndian(salt);
        _saltLow = BinaryPrimitives.ReadUInt64BigEndian(salt[4..]);
    }

    public override int TagLength => Tag;

    public override void ProtectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        MakeNonce(nonce, ssrc, index);
        var payload = buffer[headerLength..length];
        _cipher.Encrypt(nonce, payload, payload, buffer.Slice(length, Tag), buffer[..headerLength]);
    }

    public override bool TryUnprotectRtp(Span<byte> datagram, int headerLength, uint ssrc, ulong index, bool doubtful)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        MakeNonce(nonce, ssrc, index);
        return TryOpen(nonce, datagram[headerLength..^Tag], datagram[^Tag..], datagram[..headerLength], doubtful);
    }

    public override void ProtectRtcp(Span<byte> buffer, int length, uint ssrc, uint trailer)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + TrailerLength];
        MakeNonce(nonce, ssrc, trailer & SrtpLimits.LastRtcpIndex);
        MakeAssociated(associated, buffer, trailer);
        var payload = buffer[RtcpHeaderLength..length];
        _cipher.Encrypt(nonce, payload, payload, buffer.Slice(length, Tag), associated);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[(length + Tag)..], trailer);
    }

    public override bool TryUnprotectRtcp(Span<byte> datagram, uint ssrc, uint trailer, bool doubtful)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + TrailerLength];
        MakeNonce(nonce, ssrc, trailer & SrtpLimits.LastRtcpIndex);
        MakeAssociated(associated, datagram, trailer);
        var end = datagram.Length - TrailerLength - Tag;
        return TryOpen(nonce, datagram[RtcpHeaderLength..end], datagram.Slice(end, Tag), associated, doubtful);
    }

    public override int TrailerOffset(int datagramLength) => datagramLength - TrailerLength;

    public override void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
    }

    // The library reports a wrong tag by an exception, which costs ten times the packet. Where one is to be expected the tag is
    // checked by encrypting twice instead, which never throws: counter mode undoes itself, so the first pass gives the plain text
    // and the second the tag that belongs to it, and puts back what came.
    private bool TryOpen(ReadOnlySpan<byte> nonce, Span<byte> text, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated, bool doubtful)
    {
        var plain = (_plain ??= new byte[SrtpLimits.LongestPacket]).AsSpan(0, text.Length);
        if (doubtful)
        {
            Span<byte> expected = stackalloc byte[Tag];
            _cipher.Encrypt(nonce, text, plain, expected, associated);
            _cipher.Encrypt(nonce, plain, text, expected, associated);
            if (!CryptographicOperations.FixedTimeEquals(expected, tag)) return false;
        }
        else
        {
            try
            {
                _cipher.Decrypt(nonce, text, tag, plain, associated);
            }
            catch (AuthenticationTagMismatchException)
            {
                return false;
            }
        }

        plain.CopyTo(text);
        return true;
    }

    // RFC 7714 section 8.1 and 9.1: 16 bits of zero, SSRC, and the index as 48 bits, all XORed with the salt.
    private void MakeNonce(Span<byte> nonce, uint ssrc, ulong index)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, _saltHigh ^ (ssrc >> 16));
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], _saltLow ^ ((ulong)ssrc << 48) ^ index);
    }

    private static void MakeAssociated(Span<byte> associated, ReadOnlySpan<byte> packet, uint trailer)
    {
        packet[..RtcpHeaderLength].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[RtcpHeaderLength..], trailer);
    }
}
