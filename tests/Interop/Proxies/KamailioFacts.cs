using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Proxies;

namespace Interop.Tests.Interop.Proxies;

public sealed class KamailioLab() : ProxyLab("kamailio");

/// <summary>A proxy of somebody else's stays in the path of every call, in and out, also when the hub was killed in between.</summary>
public sealed class KamailioFacts(KamailioLab lab) : IClassFixture<KamailioLab>
{
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("udp", "4201")]
    [InlineData("tcp", "4202")]
    [InlineData("tls", "4203")]
    public async Task Calls_in_and_out_through_it_are_heard_and_go_on_through_it_after_the_hub_was_killed(string transport, string room)
    {
        var proxy = await lab.Proxy(transport);
        var caller = await lab.Phone($"caller-{transport}", 400);
        var dialled = await lab.Phone(new PhonePlan(
            $"dialled-{transport}", Lab.LabFixture.Tone(700), Account: new Account(proxy.For("udp"), $"dialled-{transport}", "unused")));
        await caller.Call(proxy.Sip(room));
        await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = proxy.Sip($"dialled-{transport}", transport) });
        await dialled.Answered();
        await Until.Elapsed(Run);
        ProxyLab.HearEachOther([(caller, 400), (dialled, 700)], Judged);

        await lab.Hub.Kill();
        var heard = (caller.HeardBytes, dialled.HeardBytes);
        await lab.Hub.StartAgain();
        await Until.True(
            "both phones to hear something again", () => caller.HeardBytes > heard.Item1 && dialled.HeardBytes > heard.Item2, Return, () => lab.Hub.Tail);
        await Until.Elapsed(Run);

        ProxyLab.HearEachOther([(caller, 400), (dialled, 700)], Judged);
        Assert.Equal((1, 1), (caller.Calls, dialled.Calls));
        Assert.True(caller.InCall && dialled.InCall, "Both calls must still be the same calls.");
        Assert.True(
            proxy.Log.Count(line => line.Contains("routed INVITE", StringComparison.Ordinal) && line.Contains("127.0.0.1", StringComparison.Ordinal)) >= 4,
            $"Two calls and a re-INVITE of each must have come through the proxy:\n{string.Join('\n', proxy.Log)}");
        await caller.HangUp();
        await lab.Hpd.LegOf(room, $"caller-{transport}", "gone");
    }
}
