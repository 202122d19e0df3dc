using Interop.Bridges.Wire.Rtp.Srtp;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>What we demand of a browser: DTLS 1.2, its certificate, extended master secret, and SRTP (RFC 8827 §6.5).</summary>
internal sealed class SrtpServerPeer(TlsCrypto crypto, DtlsIdentity identity, CertificateFingerprint expected, TimeSpan patience) : DefaultTlsServer(crypto)
{
    private SrtpProfile _profile = SrtpProfile.AeadAes128Gcm;
    private bool _proved;

    /// <summary>Set once the handshake is complete.</summary>
    public DtlsSrtpKeys? Keys { get; private set; }

    /// <summary>Whether the peer said goodbye.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Why we broke it off, as far as we did.</summary>
    public DtlsEnd Cause { get; private set; } = DtlsEnd.Failed;

    public override bool IgnoreCorruptDtlsRecords => true;

    public override int GetHandshakeTimeoutMillis() => (int)patience.TotalMilliseconds;

    // The first second of silence is the one that the operator waits for.
    public override int GetHandshakeResendTimeMillis() => 250;

    public override bool RequiresExtendedMasterSecret() => true;

    public override int GetMaxHandshakeMessageSize() => 8192;

    public override int GetMaxCertificateChainLength() => 4;

    public override void NotifyAlertReceived(short alertLevel, short alertDescription) => IsClosed |= alertDescription == AlertDescription.close_notify || alertLevel == AlertLevel.fatal;

    public override void ProcessClientExtensions(IDictionary<int, byte[]> clientExtensions)
    {
        base.ProcessClientExtensions(clientExtensions);
        if (!TlsExtensionsUtilities.HasExtendedMasterSecretExtension(clientExtensions)) throw Refuse(DtlsEnd.NoExtendedMasterSecret, AlertDescription.handshake_failure);
        var offered = TlsSrtpUtilities.GetUseSrtpExtension(clientExtensions)?.ProtectionProfiles ?? [];
        _profile = DtlsSrtpKeys.Profiles.FirstOrDefault(profile => offered.Contains(profile.DtlsId!.Value)) ?? throw Refuse(DtlsEnd.NoCommonProfile, AlertDescription.handshake_failure);
    }

    public override IDictionary<int, byte[]> GetServerExtensions()
    {
        var extensions = base.GetServerExtensions();
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData([_profile.DtlsId!.Value], []));
        return extensions;
    }

    public override CertificateRequest GetCertificateRequest() => new(
        [ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign], TlsUtilities.GetDefaultSupportedSignatureAlgorithms(m_context), certificateAuthorities: null);

    public override void NotifyClientCertificate(Certificate clientCertificate)
    {
        // RFC 8122 §6.2: who shows another certificate than the signalling named is somebody else.
        if (clientCertificate.IsEmpty || !expected.Matches(clientCertificate.GetCertificateAt(0).GetEncoded())) throw Refuse(DtlsEnd.WrongCertificate, AlertDescription.bad_certificate);
        _proved = true;
    }

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        if (!_proved) throw Refuse(DtlsEnd.WrongCertificate, AlertDescription.bad_certificate);
        // The library wipes the secrets when Accept returns.
        Keys = DtlsSrtpKeys.Cut(_profile, m_context.ExportKeyingMaterial(ExporterLabel.dtls_srtp, null, DtlsSrtpKeys.ExportedBytes(_profile)));
    }

    protected override ProtocolVersion[] GetSupportedVersions() => [ProtocolVersion.DTLSv12];

    protected override int[] GetSupportedCipherSuites() => [CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384];

    public override int[] GetSupportedGroups() => [NamedGroup.x25519, NamedGroup.secp256r1];

    protected override int SelectECDH(int minimumCurveBits)
    {
        foreach (var group in m_context.SecurityParameters.ClientSupportedGroups ?? [NamedGroup.secp256r1])
            if (group is NamedGroup.x25519 or NamedGroup.secp256r1) return group;
        return -1;
    }

    protected override bool AllowCertificateStatus() => false;

    protected override TlsCredentialedSigner GetECDsaSignerCredentials()
    {
        var certificate = new Certificate([new BcTlsCertificate((BcTlsCrypto)Crypto, identity.Certificate)]);
        return new BcDefaultTlsCredentialedSigner(
            new TlsCryptoParameters(m_context), (BcTlsCrypto)Crypto, identity.Key, certificate, SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    private TlsFatalAlert Refuse(DtlsEnd cause, short alert)
    {
        Cause = cause;
        return new TlsFatalAlert(alert);
    }
}
