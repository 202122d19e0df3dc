namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>One pair of encryption and authentication with its session keys, of RTP or of RTCP. One owner; nothing allocates.</summary>
/// <remarks>
/// Where the tag lies differs: RFC 3711 authenticates what it has encrypted, the four octets after it included, which are the
/// rollover counter of RTP and the index of RTCP; RFC 7714 puts the tag before them, and authenticates the header with them.
/// </remarks>
internal abstract class SrtpTransform : IDisposable
{
    /// <summary>Octets of the tag.</summary>
    public abstract int TagLength { get; }

    /// <summary>Encrypts behind the header and writes the tag after the <paramref name="length"/> octets.</summary>
    public abstract void ProtectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index);

    /// <summary>Authenticates a whole packet and then decrypts it in place; one that fails is left as it was.</summary>
    /// <param name="datagram">The packet with its tag.</param>
    /// <param name="headerLength">Where its encrypted part begins.</param>
    /// <param name="ssrc">Its source.</param>
    /// <param name="index">Its index, as it is guessed.</param>
    /// <param name="doubtful">Whether failing is more likely than usual.</param>
    public abstract bool TryUnprotectRtp(Span<byte> datagram, int headerLength, uint ssrc, ulong index, bool doubtful);

    /// <summary>The same for RTCP, whose index and E bit are the <paramref name="trailer"/>; both go into the buffer with the tag.</summary>
    public abstract void ProtectRtcp(Span<byte> buffer, int length, uint ssrc, uint trailer);

    /// <summary>The same for RTCP.</summary>
    public abstract bool TryUnprotectRtcp(Span<byte> datagram, uint ssrc, uint trailer, bool doubtful);

    /// <summary>Where the E bit and index of a whole RTCP packet lie: last, or before the tag.</summary>
    public abstract int TrailerOffset(int datagramLength);

    /// <inheritdoc/>
    public abstract void Dispose();
}
