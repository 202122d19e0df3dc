namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>The way of one association's datagrams to its peer, and whoever wants to know what becomes of it.</summary>
/// <remarks>Called from a handshake's own thread or from the pool; one call at a time for an association.</remarks>
public interface IDtlsPath
{
    /// <summary>Sends a datagram to the peer.</summary>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>The handshake is done, and the peer is the one that the signalling named.</summary>
    void OnKeys(DtlsSrtpKeys keys);

    /// <summary>The association is over, or never came about. Told once.</summary>
    void OnEnded(DtlsEnd end);
}

/// <summary>How an association ended.</summary>
public enum DtlsEnd
{
    /// <summary>The peer said goodbye (close_notify).</summary>
    ClosedByPeer,

    /// <summary>We did.</summary>
    ClosedByUs,

    /// <summary>The handshake took too long.</summary>
    TimedOut,

    /// <summary>The certificate is not the one that the signalling named, or there is none.</summary>
    WrongCertificate,

    /// <summary>The peer has no extended master secret (RFC 7627), without which the keys may be a third party's too.</summary>
    NoExtendedMasterSecret,

    /// <summary>The peer wants no SRTP, or no profile of ours.</summary>
    NoCommonProfile,

    /// <summary>Anything else that breaks a handshake or an association.</summary>
    Failed,
}
