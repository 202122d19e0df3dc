using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Proxies;

namespace Interop.Tests.Interop.Proxies;

/// <summary>A hub that knows its partner by the TLS certificate of the partner's telephone system, and by nothing else.</summary>
public sealed class CertificateTrunkLab() : LabFixture("certificate-trunk", LabProvisioning.Text(
    trunks: $$"""{ "id": "partner", "agency": "hpd", "certificates": ["{{Partner}}"] }"""))
{
    /// <summary>The domain that the trunk's certificate is for.</summary>
    public const string Partner = "sip.partner.example";

    /// <summary>A telephone system that reaches the hub over TLS, showing a certificate for a domain.</summary>
    public async Task<Kamailio> System(string name, string domain, bool isStrangers = false) => Keep(await Kamailio.Start(
        Place, new ProxyPlan(Hub.SipAddressFor("tls"), "tls") { Domain = domain, HasStrangersCertificate = isStrangers }, name));
}

/// <summary>What a client certificate is worth (RFC 5922): its domain names the trunk, if an authority of ours says so.</summary>
public sealed class CertificateTrunkFacts(CertificateTrunkLab lab) : IClassFixture<CertificateTrunkLab>
{
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Callers_of_a_system_with_the_trunks_certificate_come_in_and_hear_each_other()
    {
        var partner = await lab.System("partner", CertificateTrunkLab.Partner);
        var first = await lab.Phone("first", 400);
        var second = await lab.Phone("second", 700);

        await first.Call(partner.Sip("4201"));
        await second.Call(partner.Sip("4201"));
        await Until.Elapsed(Run);

        ProxyLab.HearEachOther([(first, 400), (second, 700)], Run * 0.6);
        await lab.Hpd.Leg("4201", "the caller to be known by its trunk", leg => leg.GetProperty("party").GetRawText().Contains("trunk:partner", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trusted_certificate_for_another_domain_proves_nothing_and_is_asked_for_credentials()
    {
        var other = await lab.System("other-domain", "sip.elsewhere.example");
        var script = SippScript.Caller("elsewhere", "Elsewhere")
            .Invite(SippScript.Sdp()).MayReceive(100).Receive(401, ("WWW-Authenticate", "realm=\"interop\"")).AckRefusal();

        await (await lab.Scripted("from-elsewhere", script, new SippPlan("4202"), other.For("udp"))).Succeeded(Until.Soon);

        Assert.Empty((await lab.Hpd.Room("4202")).GetProperty("legs").EnumerateArray());
    }

    [Fact]
    public async Task The_trunks_domain_in_a_certificate_of_an_unknown_authority_ends_the_connection()
    {
        var before = await lab.Hpd.Metric("sip_tls_handshakes", "result=\"failed\"");
        var forger = await lab.System("forger", CertificateTrunkLab.Partner, isStrangers: true);
        var caller = await lab.Phone("forged", 400);

        var reason = await caller.CallRefused(forger.Sip("4203"));

        Assert.Matches("^(408|477|5)", reason);
        Assert.Empty((await lab.Hpd.Room("4203")).GetProperty("legs").EnumerateArray());
        Assert.True(await lab.Hpd.Metric("sip_tls_handshakes", "result=\"failed\"") > before, $"The handshake must have failed, and not the call alone: {reason}");
    }
}
