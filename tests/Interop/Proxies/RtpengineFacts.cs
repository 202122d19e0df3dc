using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Proxies;

namespace Interop.Tests.Interop.Proxies;

public sealed class RtpengineLab() : ProxyLab("rtpengine");

/// <summary>A media relay in the path: the voice comes from where no description of the phone's said.</summary>
public sealed class RtpengineFacts(RtpengineLab lab) : IClassFixture<RtpengineLab>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Phones_behind_a_media_relay_hear_each_other_through_the_room()
    {
        var relay = lab.Keep(await Rtpengine.Start(lab.Place));
        var proxy = await lab.Proxy("udp", relay);
        var caller = await lab.Phone("relayed-caller", 400);
        var other = await lab.Linphone(new PhonePlan("relayed-linphone", Lab.LabFixture.Tone(1_000), "pcma"));
        var dialled = await lab.Phone(new PhonePlan(
            "relayed-dialled", Lab.LabFixture.Tone(700), Account: new Account(proxy.For("udp"), "relayed-dialled", "unused")));
        await caller.Call(proxy.Sip("4201"));
        await other.Call(proxy.Sip("4201"));
        await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = proxy.Sip("relayed-dialled") });
        await dialled.Answered();
        await Until.Elapsed(Talk);
        // linphonec has written all that it heard only once it hung up.
        await other.HangUp();

        ProxyLab.HearEachOther([(caller, 400), (dialled, 700), (other, 1_000)], Talk * 0.7);
        Assert.True(relay.Offers >= 3, $"The relay was asked for {relay.Offers} calls.");
    }
}
