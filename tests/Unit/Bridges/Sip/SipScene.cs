using System.Net;
using System.Security.Cryptography;
using System.Text;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Sip;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.Time.Testing;
using Interop.Tests.Unit.Wire.Sip;
using Xunit;
using HubDigest = Interop.Hub.Contracts.Directory.DigestSecret;

namespace Interop.Tests.Unit.Bridges.Sip;

/// <summary>A directory with phones and trunks, and the proofs over it.</summary>
internal sealed class SipScene : IDirectory
{
    public const string Password = "a-phones-password";
    public static readonly AgencyId Hpd = new("hpd");
    private readonly DigestAuthenticator _digest;

    public SipScene(SipBridgeOptions? options = null, params DirectoryEntry[] entries)
    {
        options ??= Options;
        Current = new DirectorySnapshot(1, [new AgencyDirectory(Hpd, 1, entries)]);
        _digest = new DigestAuthenticator(HubDigest.Realm, Time, RandomNumberGenerator.Create());
        var directory = new CallerDirectory(this);
        Proxies = new TrustedProxies(options);
        Phones = new PhoneProof(directory, _digest, new ProofFailures(options, Time), new OwnHosts(options), options);
        Callers = new CallerProof(directory, Phones, Proxies, Flows);
    }

    public static SipBridgeOptions Options { get; } = new([IPAddress.Loopback], 0, AddressMap.Empty);

    public FakeTimeProvider Time { get; } = new();

    public DirectorySnapshot Current { get; }

    public TrustedProxies Proxies { get; }

    public TrunkFlows Flows { get; } = new();

    public PhoneProof Phones { get; }

    public CallerProof Callers { get; }

    public static EndpointEntry Phone(string user, bool md5 = false)
    {
        var secrets = new Dictionary<string, string> { [HubDigest.Sha256] = HubDigest.Ha1(HubDigest.Sha256, user, Password) };
        if (md5)
            secrets[HubDigest.Md5] = HubDigest.Ha1(HubDigest.Md5, user, Password);
        return new EndpointEntry(user, $"The {user}", user, secrets);
    }

    public static SipSource From(string address, params string[] certificate) =>
        new(SipTransportKind.Udp, new IPEndPoint(IPAddress.Parse(address), 5060), new IPEndPoint(IPAddress.Loopback, 5060))
        {
            Certificate = certificate.Length > 0 ? new SipPeerCertificate(certificate, "") : null,
        };

    /// <summary>A request as the stack hands it over; further header lines stand as they are given.</summary>
    public static SipRequest Request(string method = "INVITE", string user = "desk-1", params string[] lines)
    {
        var text = $"""
            {method} sip:hub.example.org SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.7:5070;branch=z9hG4bK1;rport=5070
            From: "Shown" <sip:{user}@hub.example.org>;tag=1
            To: <sip:{user}@hub.example.org>
            Call-ID: scene-1
            CSeq: 1 {method}
            Contact: <sip:{user}@192.0.2.7:5070>

            """.ReplaceLineEndings("\r\n") + string.Concat(lines.Select(line => line + "\r\n")) + "\r\n";
        return Read(text);
    }

    public static SipRequest Read(string text)
    {
        var (message, error) = SipParser.Parse(Encoding.UTF8.GetBytes(text), new SipLimits());
        Assert.Equal(SipParseErrorKind.None, error.Kind);
        return (SipRequest)message!;
    }

    /// <summary>The header lines that answer a challenge of this scene.</summary>
    public string Answer(string user, string password, string method = "INVITE", bool md5Only = false, string uri = "sip:hub.example.org")
    {
        var challenge = Request(method, user).Respond(401);
        foreach (var (name, value) in _digest.Challenge(stale: false, md5Only))
            challenge.Headers.Add(name, value);
        var answer = DigestClient.Answer(challenge, method, SipUri.Parse(uri), new DigestCredentials(user, password, allowMd5: true), () => "cnonce");
        return $"{answer[0].Name}: {answer[0].Value}";
    }
}
