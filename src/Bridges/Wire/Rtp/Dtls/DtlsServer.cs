using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>Takes the handshakes of all browsers: so many at a time, each for so long.</summary>
/// <param name="identity">What we show.</param>
/// <param name="maxHandshakes">How many are under way at most; one more is not answered, and tries again by itself.</param>
public sealed class DtlsServer(DtlsIdentity identity, int maxHandshakes = 64)
{
    /// <summary>How long a handshake may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BcTlsCrypto _crypto = new();
    private int _shaking;
    private long _turnedAway;

    /// <summary>For our SDP.</summary>
    public CertificateFingerprint Fingerprint => identity.Fingerprint;

    /// <summary>Handshakes under way.</summary>
    public int Shaking => Volatile.Read(ref _shaking);

    /// <summary>Beginnings that were not answered because too many were under way.</summary>
    public long TurnedAway => Interlocked.Read(ref _turnedAway);

    /// <summary>Expects the peer that the signalling named.</summary>
    public DtlsAssociation Expect(CertificateFingerprint peer, IDtlsPath path) => new(this, new SrtpServerPeer(_crypto, identity, peer, Patience), path);

    internal bool TryBegin()
    {
        if (Interlocked.Increment(ref _shaking) <= maxHandshakes) return true;
        Interlocked.Decrement(ref _shaking);
        Interlocked.Increment(ref _turnedAway);
        return false;
    }

    internal void Ended() => Interlocked.Decrement(ref _shaking);
}
