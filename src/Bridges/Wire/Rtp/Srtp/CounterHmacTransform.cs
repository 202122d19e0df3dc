using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>AES in counter mode with HMAC-SHA1, the predefined transforms of RFC 3711 section 4.</summary>
internal sealed class CounterHmacTransform : SrtpTransform
{
    private const int TrailerLength = 4;
    private const int RtcpHeaderLength = 8;

    private readonly CounterMode _cipher;
    private readonly IncrementalHash _hmac;

    public CounterHmacTransform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> authenticationKey, ReadOnlySpan<byte> salt, int tagLength)
    {
        TagLength = tagLength;
        _cipher = new CounterMode(key, salt);
        // HMAC stands although SHA-1 alone does not; RFC 3711 section 4.2.1 leaves no choice.
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, authenticationKey);
    }

    public override int TagLength { get; }

    public override void ProtectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index)
    {
        _cipher.Apply(buffer[headerLength..length], ssrc, index);
        // Authenticated behind the packet and never sent: the tag is written over it.
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], (uint)(index >> 16));
        Sign(buffer[..(length + TrailerLength)], buffer.Slice(length, TagLength));
    }

    public override bool TryUnprotectRtp(Span<byte> datagram, int headerLength, uint ssrc, ulong index, bool doubtful)
    {
        Span<byte> tag = stackalloc byte[TagLength];
        var length = datagram.Length - TagLength;
        datagram[length..].CopyTo(tag);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[length..], (uint)(index >> 16));
        var sound = IsSigned(datagram[..(length + TrailerLength)], tag);
        tag.CopyTo(datagram[length..]);
        if (sound) _cipher.Apply(datagram[headerLength..length], ssrc, index);
        return sound;
    }

    public override void ProtectRtcp(Span<byte> buffer, int length, uint ssrc, uint trailer)
    {
        _cipher.Apply(buffer[RtcpHeaderLength..length], ssrc, trailer & SrtpLimits.LastRtcpIndex);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], trailer);
        var end = length + TrailerLength;
        Sign(buffer[..end], buffer.Slice(end, TagLength));
    }

    public override bool TryUnprotectRtcp(Span<byte> datagram, uint ssrc, uint trailer, bool doubtful)
    {
        var end = datagram.Length - TagLength;
        if (!IsSigned(datagram[..end], datagram[end..])) return false;
        _cipher.Apply(datagram[RtcpHeaderLength..(end - TrailerLength)], ssrc, trailer & SrtpLimits.LastRtcpIndex);
        return true;
    }

    public override int TrailerOffset(int datagramLength) => datagramLength - TagLength - TrailerLength;

    public override void Dispose()
    {
        _cipher.Dispose();
        _hmac.Dispose();
    }

    private void Sign(ReadOnlySpan<byte> data, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[SHA1.HashSizeInBytes];
        _hmac.AppendData(data);
        _hmac.GetHashAndReset(whole);
        whole[..tag.Length].CopyTo(tag);
    }

    private bool IsSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> tag)
    {
        Span<byte> whole = stackalloc byte[SHA1.HashSizeInBytes];
        _hmac.AppendData(data);
        _hmac.GetHashAndReset(whole);
        return CryptographicOperations.FixedTimeEquals(whole[..tag.Length], tag);
    }
}
