using Interop.Bridges.Wire.Rtp.Srtp;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>The other end of a handshake, as a browser has it: for warming up, and for loads and tests.</summary>
/// <remarks>It blocks; give it a thread.</remarks>
public sealed class DtlsClient
{
    private readonly DtlsDatagrams _datagrams;
    private readonly Peer _peer;
    private DtlsTransport? _transport;

    /// <summary>Makes one end.</summary>
    /// <param name="identity">What it shows; null shows nothing.</param>
    /// <param name="path">Where its datagrams go; only <see cref="IDtlsPath.Send"/> is called.</param>
    /// <param name="extendedMasterSecret">Whether it asks for the extended master secret.</param>
    /// <param name="profiles">What it offers, best first; none asks for no SRTP.</param>
    public DtlsClient(DtlsIdentity? identity, IDtlsPath path, bool extendedMasterSecret = true, params IReadOnlyList<SrtpProfile> profiles)
    {
        _datagrams = new DtlsDatagrams(path);
        _peer = new Peer(identity, extendedMasterSecret, [.. profiles.Select(static profile => (int)profile.DtlsId!.Value)]);
    }

    /// <summary>The server's certificate, once it was shown.</summary>
    public CertificateFingerprint? Server => _peer.Server;

    /// <summary>Takes a datagram of the server.</summary>
    public bool Take(ReadOnlySpan<byte> datagram) => _datagrams.TryPut(datagram);

    /// <summary>Shakes hands.</summary>
    /// <returns>The keys, or null when it came to nothing.</returns>
    public DtlsSrtpKeys? Connect()
    {
        try
        {
            _transport = new DtlsClientProtocol().Connect(_peer, _datagrams);
            return _peer.Keys;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Says goodbye.</summary>
    public void Close() => _transport?.Close();

    private sealed class Peer(DtlsIdentity? identity, bool extendedMasterSecret, int[] profiles) : DefaultTlsClient(new BcTlsCrypto())
    {
        private SrtpProfile? _profile;

        public CertificateFingerprint? Server { get; private set; }

        public DtlsSrtpKeys? Keys { get; private set; }

        public override int GetHandshakeTimeoutMillis() => (int)DtlsServer.Patience.TotalMilliseconds;

        public override int GetHandshakeResendTimeMillis() => 250;

        public override bool ShouldUseExtendedMasterSecret() => extendedMasterSecret;

        public override IDictionary<int, byte[]> GetClientExtensions()
        {
            var extensions = base.GetClientExtensions();
            if (profiles.Length > 0) TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData(profiles, []));
            return extensions;
        }

        public override void ProcessServerExtensions(IDictionary<int, byte[]> serverExtensions)
        {
            base.ProcessServerExtensions(serverExtensions);
            if (TlsSrtpUtilities.GetUseSrtpExtension(serverExtensions)?.ProtectionProfiles is [var chosen]) _profile = DtlsSrtpKeys.Profiles.FirstOrDefault(profile => profile.DtlsId == chosen);
        }

        public override TlsAuthentication GetAuthentication() => new Authentication(this);

        public override void NotifyHandshakeComplete()
        {
            base.NotifyHandshakeComplete();
            if (_profile is { } profile) Keys = DtlsSrtpKeys.Cut(profile, m_context.ExportKeyingMaterial(ExporterLabel.dtls_srtp, null, DtlsSrtpKeys.ExportedBytes(profile)));
        }

        protected override ProtocolVersion[] GetSupportedVersions() => [ProtocolVersion.DTLSv12];

        protected override int[] GetSupportedCipherSuites() => [CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256];

        private BcDefaultTlsCredentialedSigner? Show()
        {
            if (identity is null) return null;
            var crypto = (BcTlsCrypto)Crypto;
            var certificate = new Certificate([new BcTlsCertificate(crypto, identity.Certificate)]);
            return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(m_context), crypto, identity.Key, certificate, SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        }

        private sealed class Authentication(Peer peer) : TlsAuthentication
        {
            public void NotifyServerCertificate(TlsServerCertificate serverCertificate) =>
                peer.Server = CertificateFingerprint.Of(serverCertificate.Certificate.GetCertificateAt(0).GetEncoded());

            public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest) => peer.Show();
        }
    }
}
