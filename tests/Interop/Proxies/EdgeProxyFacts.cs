using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Proxies;

namespace Interop.Tests.Interop.Proxies;

/// <summary>A hub whose phones are outside, behind a proxy that is listed; only digest proves them.</summary>
public sealed class EdgeProxyLab() : LabFixture(
    "edge-proxy", LabProvisioning.Text(trunkFrom: "10.99.0.0/16", endpoints: PathLab.Desks), ("Sip__TrustedProxies", Kamailio.Address));

/// <summary>Phones that know the hub by its edge proxy's address alone, which puts the hub's into what they send (RFC 7616 section 3.4.6).</summary>
public sealed class EdgeProxyFacts(EdgeProxyLab listed, PathLab unlisted) : IClassFixture<EdgeProxyLab>, IClassFixture<PathLab>
{
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Phones_register_and_call_a_room_through_the_edge_proxy_and_hear_each_other()
    {
        var edge = await Edge(listed);
        var first = await listed.Phone(Desk("desk1", "correct-horse", 400, edge));
        var second = await listed.Linphone(Desk("desk2", "battery-staple", 700, edge));

        await first.Call(edge.Sip("4201"));
        await second.Call(edge.Sip("4201"));
        await Until.Elapsed(Run);
        await second.HangUp();

        ProxyLab.HearEachOther([(first, 400), (second, 700)], Run * 0.6);
        foreach (var desk in (string[])["desk-1", "desk-2"])
            await listed.Hpd.Leg("4201", $"{desk} to be known by its password", leg => leg.GetProperty("party").GetRawText().Contains($"endpoint:{desk}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_proxy_that_is_not_listed_makes_of_an_answer_for_another_host_is_not_taken()
    {
        var edge = await Edge(unlisted);
        var phone = await unlisted.Phone(Desk("desk1", "correct-horse", 400, edge));

        Assert.StartsWith("401", await phone.CallRefused(edge.Sip("4202")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_that_calls_the_hubs_own_address_through_a_proxy_that_is_not_listed_comes_in()
    {
        var edge = await Edge(unlisted);
        var phone = await unlisted.Phone(new PhonePlan(
            "desk1-through", LabFixture.Tone(400), Account: new Account(unlisted.Hub.SipAddress, "desk1", "correct-horse"), Proxy: edge.For("udp")));

        await phone.Call(unlisted.Hub.Sip("4203"));

        await unlisted.Hpd.LegOf("4203", "endpoint:desk-1", "up");
        Assert.Contains(edge.Log, line => line.Contains("routed INVITE sip:4203@127.0.0.1", StringComparison.Ordinal));
    }

    private static async Task<Kamailio> Edge(LabFixture lab) => lab.Keep(await Kamailio.Start(
        lab.Place, new ProxyPlan(lab.Hub.SipAddress, RegistersAtHub: true), $"edge-{Guid.NewGuid():N}"));

    private static PhonePlan Desk(string user, string password, double hertz, Kamailio edge) => new(
        user, LabFixture.Tone(hertz), Account: new Account(edge.For("udp"), user, password), Proxy: edge.For("udp"));
}
