using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Proxies;

namespace Interop.Tests.Interop.Proxies;

/// <summary>Only digest proves a phone here: the proxy's own address says nothing of who is behind it.</summary>
public sealed class PathLab() : LabFixture("path", LabProvisioning.Text(
    trunkFrom: "10.99.0.0/16", endpoints: Desks))
{
    /// <summary>Two phones that answer by MD5 too.</summary>
    public const string Desks = """
        { "id": "desk-1", "agency": "hpd", "name": "Desk 1", "user": "desk1", "password": "correct-horse", "md5": true },
        { "id": "desk-2", "agency": "hpd", "name": "Desk 2", "user": "desk2", "password": "battery-staple", "md5": true }
        """;
}

/// <summary>Phones that register with the hub through a proxy are called through it, along the Path that it left (RFC 3327).</summary>
public sealed class PathFacts(PathLab lab) : IClassFixture<PathLab>
{
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Phones_that_registered_through_a_proxy_are_called_through_it_and_hear_each_other()
    {
        var proxy = lab.Keep(await Kamailio.Start(lab.Place, new ProxyPlan(lab.Hub.SipAddress, RegistersAtHub: true)));
        var first = await lab.Phone(new PhonePlan(
            "desk1", LabFixture.Tone(400), Account: new Account(lab.Hub.SipAddress, "desk1", "correct-horse"), Proxy: proxy.For("udp")));
        var second = await lab.Linphone(new PhonePlan(
            "desk2", LabFixture.Tone(700), "pcma", Account: new Account(lab.Hub.SipAddress, "desk2", "battery-staple"), Proxy: proxy.For("udp")));

        await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = "sip:desk1@hub" });
        await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = "sip:desk2@hub" });
        await first.Answered();
        await second.Answered();
        await Until.Elapsed(Run);
        // linphonec has written all that it heard only once it hung up.
        await second.HangUp();

        ProxyLab.HearEachOther([(first, 400), (second, 700)], Run * 0.6);
        // The contact that a phone made up begins with its name.
        foreach (var user in (string[])["desk1", "desk2"])
            Assert.Contains(proxy.Log, line => line.Contains($"routed INVITE sip:{user}", StringComparison.Ordinal));
    }
}
