using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>What a handshake came to: a stream and what its peer proved, or why there is none.</summary>
internal sealed record TlsOutcome(Stream? Stream, SipPeerCertificate? Certificate, string? Failure);

/// <summary>Makes streams secret: TLS 1.2 and 1.3 alone, without renegotiation, and never with a peer whose certificate is bad.</summary>
internal sealed class TlsHandshaker(TlsIdentity identity)
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private const string ExtendedKeyUsage = "2.5.29.37";

    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    private const string SipDomainUsage = "1.3.6.1.5.5.7.3.20";

    /// <summary>md5WithRSA, sha1WithRSA, dsaWithSha1, ecdsaWithSha1.</summary>
    private static readonly string[] BrokenSignatures =
        ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10040.4.3", "1.2.840.10045.4.1"];

    /// <summary>Takes a peer in. One without certificate is let in unproved; one with a bad one is not.</summary>
    public async Task<TlsOutcome> AcceptAsync(Stream stream, CancellationToken cancellation)
    {
        var material = identity.Current;
        var verdict = new Verdict(null);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = material.Certificate,
            ClientCertificateRequired = true,
            EnabledSslProtocols = Versions,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            AllowRenegotiation = false,
            // A resumed session would carry a proof from before the authorities were changed.
            AllowTlsResume = false,
            CertificateChainPolicy = Policy(material),
            RemoteCertificateValidationCallback = verdict.Judge,
        };
        return await RunAsync(new SslStream(stream), verdict, tls => tls.AuthenticateAsServerAsync(options, cancellation));
    }

    /// <summary>Calls a server, whose certificate must be for that name (RFC 5922 section 7.3).</summary>
    public async Task<TlsOutcome> ConnectAsync(Stream stream, string serverName, CancellationToken cancellation)
    {
        var material = identity.Current;
        var verdict = new Verdict(serverName);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = serverName.Trim('[', ']'),
            ClientCertificateContext = material.Certificate,
            EnabledSslProtocols = Versions,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            AllowRenegotiation = false,
            AllowTlsResume = false,
            CertificateChainPolicy = Policy(material),
            RemoteCertificateValidationCallback = verdict.Judge,
        };
        return await RunAsync(new SslStream(stream), verdict, tls => tls.AuthenticateAsClientAsync(options, cancellation));
    }

    private static async Task<TlsOutcome> RunAsync(SslStream tls, Verdict verdict, Func<SslStream, Task> handshake)
    {
        try
        {
            await handshake(tls);
            return new TlsOutcome(tls, verdict.Proven, null);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            await tls.DisposeAsync();
            var late = failure is OperationCanceledException ? "the handshake took too long" : failure.InnerException?.Message ?? failure.Message;
            return new TlsOutcome(null, null, verdict.Fault ?? late);
        }
    }

    private static X509ChainPolicy Policy(TlsMaterial material)
    {
        // Revocation lists and missing intermediates would be fetched from where a stranger's certificate points.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (material.Authorities is null) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(material.Authorities);
        return policy;
    }

    /// <summary>Judges one peer's certificate.</summary>
    /// <param name="serverName">The name that it must have; null for a client.</param>
    private sealed class Verdict(string? serverName)
    {
        public SipPeerCertificate? Proven { get; private set; }

        public string? Fault { get; private set; }

        public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            if (certificate is not X509Certificate2 shown || chain is null)
            {
                if (serverName is not null) Fault = "the server shows no certificate";
                return serverName is null;
            }

            var names = CertificateNames.Of(shown);
            Fault = FaultOf(shown, chain, errors, names);
            if (Fault is null) Proven = new SipPeerCertificate(names, shown.GetCertHashString(HashAlgorithmName.SHA256));
            return Fault is null;
        }

        private string? FaultOf(X509Certificate2 shown, X509Chain chain, SslPolicyErrors errors, IReadOnlyList<string> names)
        {
            if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !IsUsableInSip(shown, chain))
            {
                return "its certificate is not accepted: " + string.Join(", ", chain.ChainStatus.Select(status => status.Status));
            }

            if (chain.ChainElements.SkipLast(1).Any(element => BrokenSignatures.Contains(element.Certificate.SignatureAlgorithm.Value)))
            {
                return "its certificate is signed with a broken hash";
            }

            return serverName is null || CertificateNames.Prove(names, serverName)
                ? null
                : $"its certificate is for {string.Join(", ", names)} and not for {serverName}";
        }

        /// <summary>
        /// SIP servers call each other with the one certificate that they serve with; authorities no longer issue those for
        /// clients too, so being made for a server or a SIP domain (RFC 5924) is enough.
        /// </summary>
        private static bool IsUsableInSip(X509Certificate2 shown, X509Chain chain) =>
            chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotValidForUsage)
            && shown.Extensions[ExtendedKeyUsage] is X509EnhancedKeyUsageExtension usages
            && usages.EnhancedKeyUsages.Cast<Oid>().Any(usage => usage.Value is ServerUsage or SipDomainUsage);
    }
}
