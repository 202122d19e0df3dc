using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Proxies;

namespace Interop.Tests.Interop.Proxies;

public sealed class TrustedProxyLab() : LabFixture(
    "trusted-proxy", LabProvisioning.Text(trunkFrom: $"{Trunk}/32"), ("Sip__TrustedProxies", Kamailio.Address))
{
    /// <summary>Where the partner's telephone system is.</summary>
    public const string Trunk = "127.0.0.7";
}

/// <summary>A listed proxy says from where it got a call, and who calls; nobody else's word on that counts.</summary>
public sealed class TrustedProxyFacts(TrustedProxyLab lab) : IClassFixture<TrustedProxyLab>
{
    private const string Asserts = "P-Asserted-Identity: \"Sergeant Asserted\" <sip:sergeant@partner.example>";

    [Fact]
    public async Task A_trunk_behind_a_listed_proxy_is_let_in_under_the_name_that_the_proxy_asserts()
    {
        var script = SippScript.Caller("behind", "Behind")
            .Invite(SippScript.Sdp(), Asserts).MayReceive(100, 180).Receive(200).Ack().Wait(TimeSpan.FromSeconds(2)).HangUp();
        var phone = await lab.Scripted("behind", script, new SippPlan("4201", Address: TrustedProxyLab.Trunk), await Through());

        await lab.Hpd.LegOf("4201", "Sergeant Asserted", "up");
        await phone.Succeeded(Until.Soon);

        await lab.Hpd.LegOf("4201", "Sergeant Asserted", "gone");
    }

    [Fact]
    public async Task Somebody_else_behind_the_listed_proxy_is_challenged_whatever_it_writes_in_its_via()
    {
        var script = SippScript.Caller("other", "Other")
            .Invite(SippScript.Sdp(), $"Via: SIP/2.0/UDP {TrustedProxyLab.Trunk}:5060;branch=z9hG4bKforged\n{Asserts}")
            .MayReceive(100).Receive(401).AckRefusal();

        await (await lab.Scripted("other", script, new SippPlan("4202", Address: "127.0.0.8"), await Through())).Succeeded(Until.Soon);
    }

    [Fact]
    public async Task Who_is_no_listed_proxy_vouches_for_nobody()
    {
        using var peer = new SipDatagram(lab.Hub.SipPort);
        var claimed = Requests.Invite("4203", peer.Address).Replace(
            "Max-Forwards", $"Via: SIP/2.0/UDP {TrustedProxyLab.Trunk}:5060;branch=z9hG4bKclaimed\r\nMax-Forwards", StringComparison.Ordinal);

        Assert.StartsWith("SIP/2.0 401 ", await peer.Ask(claimed, Until.Soon), StringComparison.Ordinal);
    }

    private async Task<string> Through() =>
        lab.Keep(await Kamailio.Start(lab.Place, new ProxyPlan(lab.Hub.SipAddress), $"kamailio-{Guid.NewGuid():N}")).For("udp");
}
