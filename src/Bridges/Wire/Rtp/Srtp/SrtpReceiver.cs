using System.Buffers.Binary;

namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>Accepts what is received under one master key: RTP and RTCP, in place.</summary>
/// <remarks>
/// One owner; not safe for several threads. Nothing changes by a packet that is not authenticated, but for which rollover is
/// tried next, and such a packet is left as it came.
/// </remarks>
public sealed class SrtpReceiver : IDisposable
{
    private const uint EncryptedBit = 0x8000_0000;
    private const uint MostRolloversAhead = 1023;
    private const int DoubtAfterForgery = 1000;

    private readonly SrtpTransform _rtp;
    private readonly SrtpTransform _rtcp;
    private SourceTable _sources = new();
    private uint _ahead = 1;
    private int _doubt;

    /// <summary>Makes a receiver of a master key and salt, of the profile's lengths.</summary>
    public SrtpReceiver(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        Profile = profile;
        _rtp = KeyDerivation.Derive(profile, masterKey, masterSalt, rtcp: false);
        _rtcp = KeyDerivation.Derive(profile, masterKey, masterSalt, rtcp: true);
    }

    /// <summary>The algorithms.</summary>
    public SrtpProfile Profile { get; }

    /// <summary>How many synchronization sources have proved themselves.</summary>
    public int Sources => _sources.Count;

    /// <summary>Authenticates and decrypts an RTP packet in place.</summary>
    /// <returns>False with the fault; the datagram is as it was.</returns>
    public bool TryUnprotect(Span<byte> datagram, out int length, out SrtpFault fault)
    {
        length = datagram.Length - _rtp.TagLength;
        if (!SrtpPacket.TryRead(datagram, out var headerLength, out var ssrc, out var sequence) || headerLength > length) return Fail(SrtpFault.Malformed, out fault);
        if (datagram.Length > SrtpLimits.LongestPacket) return Fail(SrtpFault.TooLong, out fault);
        var position = _sources.Find(ssrc);
        if (position < 0 && _sources.IsFull) return Fail(SrtpFault.TooManySources, out fault);
        var window = position < 0 ? default : _sources[position].Rtp;
        var fits = window.TryEstimate(sequence, out var index);
        var fresh = fits && window.IsFresh(index);
        if (!(fresh && TryOpen(datagram, headerLength, ssrc, index)) && !TryAhead(datagram, headerLength, ssrc, window.Highest, ref index))
            return Fail(fits && !fresh ? SrtpFault.Replayed : SrtpFault.Unauthenticated, out fault);
        if (position < 0) position = _sources.Add(ssrc);
        _sources[position].Rtp.Use(index);
        fault = SrtpFault.None;
        return true;
    }

    /// <summary>Authenticates and decrypts an RTCP compound in place.</summary>
    /// <returns>False with the fault; the datagram is as it was.</returns>
    public bool TryUnprotectRtcp(Span<byte> datagram, out int length, out SrtpFault fault)
    {
        length = datagram.Length - sizeof(uint) - _rtcp.TagLength;
        if (!SrtpPacket.TryReadRtcp(datagram, out var ssrc) || length < SrtpPacket.RtcpHeaderLength) return Fail(SrtpFault.Malformed, out fault);
        if (datagram.Length > SrtpLimits.LongestPacket) return Fail(SrtpFault.TooLong, out fault);
        var position = _sources.Find(ssrc);
        if (position < 0 && _sources.IsFull) return Fail(SrtpFault.TooManySources, out fault);
        var trailer = BinaryPrimitives.ReadUInt32BigEndian(datagram[_rtcp.TrailerOffset(datagram.Length)..]);
        if ((trailer & EncryptedBit) == 0) return Fail(SrtpFault.NotEncrypted, out fault);
        var index = trailer & ~EncryptedBit;
        if (position >= 0 && !_sources[position].Rtcp.IsFresh(index)) return Fail(SrtpFault.Replayed, out fault);
        if (!Judge(_rtcp.TryUnprotectRtcp(datagram, ssrc, trailer, _doubt > 0))) return Fail(SrtpFault.Unauthenticated, out fault);
        if (position < 0) position = _sources.Add(ssrc);
        _sources[position].Rtcp.Use(index);
        fault = SrtpFault.None;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    private bool TryOpen(Span<byte> datagram, int headerLength, uint ssrc, ulong index) =>
        index <= SrtpLimits.LastIndex && Judge(_rtp.TryUnprotectRtp(datagram, headerLength, ssrc, index, _doubt > 0));

    // How often a source rolled over before it was first heard, nothing on the wire says: it may have begun just before the wrap, be
    // heard again after a long silence of the network, or go on under its old key when we were restarted. So each packet that does
    // not open is tried once more with a higher count, another one each time; never with a lower, which would let old packets in.
    private bool TryAhead(Span<byte> datagram, int headerLength, uint ssrc, ulong highest, ref ulong index)
    {
        var rollover = (highest >> 16) + _ahead;
        var ahead = (rollover << 16) | (index & 0xFFFF);
        _ahead = (_ahead % MostRolloversAhead) + 1;
        if (ahead > SrtpLimits.LastIndex || !_rtp.TryUnprotectRtp(datagram, headerLength, ssrc, ahead, doubtful: true)) return false;
        index = ahead;
        _ahead = 1;
        return true;
    }

    // The first forgery costs an exception where the library throws one; those that follow it do not.
    private bool Judge(bool sound)
    {
        if (!sound) _doubt = DoubtAfterForgery;
        else if (_doubt > 0) _doubt--;
        return sound;
    }

    private static bool Fail(SrtpFault found, out SrtpFault fault)
    {
        fault = found;
        return false;
    }
}
