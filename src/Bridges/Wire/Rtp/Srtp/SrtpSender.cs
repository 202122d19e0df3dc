namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>Protects what is sent under one master key: RTP and RTCP, in place.</summary>
/// <remarks>
/// One owner; not safe for several threads. No index is used twice, since the same keystream under two packets gives both away
/// (RFC 3711 section 9.1): a stream that begins anew needs a new key or a new SSRC, and then may number as it likes. Its first
/// sequence number should be below 32,768, so that no loss at the start can hide a rollover from the receiver (section 3.3.1).
/// The two directions of a call never share a key, so that a collision of SSRCs between them does no harm.
/// </remarks>
public sealed class SrtpSender : IDisposable
{
    private const uint EncryptedBit = 0x8000_0000;

    private readonly SrtpTransform _rtp;
    private readonly SrtpTransform _rtcp;
    private SourceTable _sources = new();
    private ulong _rtcpIndex;

    /// <summary>Makes a sender of a master key and salt, of the profile's lengths.</summary>
    public SrtpSender(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        Profile = profile;
        _rtp = KeyDerivation.Derive(profile, masterKey, masterSalt, rtcp: false);
        _rtcp = KeyDerivation.Derive(profile, masterKey, masterSalt, rtcp: true);
    }

    /// <summary>The algorithms.</summary>
    public SrtpProfile Profile { get; }

    /// <summary>Protects the RTP packet that fills the first <paramref name="length"/> octets of the buffer.</summary>
    /// <returns>False with the fault, and then nothing may be sent.</returns>
    public bool TryProtect(Span<byte> buffer, int length, out int protectedLength, out SrtpFault fault)
    {
        protectedLength = length + _rtp.TagLength;
        if (!SrtpPacket.TryRead(buffer[..length], out var headerLength, out var ssrc, out var sequence)) return Fail(SrtpFault.Malformed, out fault);
        if (protectedLength > Math.Min(buffer.Length, SrtpLimits.LongestPacket)) return Fail(SrtpFault.TooLong, out fault);
        if (!TryFind(ssrc, out var position)) return Fail(SrtpFault.TooManySources, out fault);
        ref var window = ref _sources[position].Rtp;
        if (!window.TryEstimate(sequence, out var index) || !window.IsFresh(index)) return Fail(SrtpFault.Replayed, out fault);
        if (index > SrtpLimits.LastIndex) return Fail(SrtpFault.KeyExhausted, out fault);
        _rtp.ProtectRtp(buffer, headerLength, length, ssrc, index);
        window.Use(index);
        fault = SrtpFault.None;
        return true;
    }

    /// <summary>Protects the RTCP compound that fills the first <paramref name="length"/> octets of the buffer.</summary>
    /// <returns>False with the fault, and then nothing may be sent.</returns>
    public bool TryProtectRtcp(Span<byte> buffer, int length, out int protectedLength, out SrtpFault fault)
    {
        protectedLength = length + sizeof(uint) + _rtcp.TagLength;
        if (!SrtpPacket.TryReadRtcp(buffer[..length], out var ssrc)) return Fail(SrtpFault.Malformed, out fault);
        if (protectedLength > Math.Min(buffer.Length, SrtpLimits.LongestPacket)) return Fail(SrtpFault.TooLong, out fault);
        // One count for all sources: none of them uses a number twice.
        if (_rtcpIndex >= SrtpLimits.LastRtcpIndex) return Fail(SrtpFault.KeyExhausted, out fault);
        _rtcp.ProtectRtcp(buffer, length, ssrc, EncryptedBit | (uint)++_rtcpIndex);
        fault = SrtpFault.None;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    private bool TryFind(uint ssrc, out int position)
    {
        position = _sources.Find(ssrc);
        if (position < 0 && !_sources.IsFull) position = _sources.Add(ssrc);
        return position >= 0;
    }

    private static bool Fail(SrtpFault found, out SrtpFault fault)
    {
        fault = found;
        return false;
    }
}
