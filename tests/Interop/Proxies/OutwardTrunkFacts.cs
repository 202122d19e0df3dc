using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Proxies;

namespace Interop.Tests.Interop.Proxies;

/// <summary>A hub that registers at its partner's telephone system, over TCP and TLS, and at one whose calls go through another proxy.</summary>
public sealed class OutwardTrunkLab() : LabFixture("outward-trunk")
{
    private const string Realm = "pbx", Password = "a-trunks-password";

    /// <summary>The partner's telephone system.</summary>
    public Kamailio System { get; private set; } = null!;

    /// <summary>Another, which has calls come by its outbound proxy.</summary>
    public Kamailio Routed { get; private set; } = null!;

    /// <summary>That proxy.</summary>
    public Kamailio Outbound { get; private set; } = null!;

    /// <inheritdoc />
    protected override async Task<string> Provisioning()
    {
        var subscriber = new Subscriber("hub", Realm, Password);
        System = Keep(await Kamailio.Start(Place, new ProxyPlan { Subscriber = subscriber }, "system"));
        Outbound = Keep(await Kamailio.Start(Place, new ProxyPlan(), "outbound"));
        var route = $"sip:{Outbound.For("tcp")};transport=tcp";
        Routed = Keep(await Kamailio.Start(Place, new ProxyPlan { Subscriber = subscriber with { ServiceRoute = route } }, "routed"));
        return LabProvisioning.Text(
            trunks: $"{Trunk("tcp", System, "tcp", "4201")}, {Trunk("tls", System, "tls", "4202")}, {Trunk("routed", Routed, "tcp", "4203")}",
            destinations: $"sip:*@{Kamailio.Address}");
    }

    private static string Trunk(string id, Kamailio at, string transport, string room) => $$"""
        { "id": "{{id}}", "agency": "hpd", "registration": { "server": "sip:{{at.For(transport)}};transport={{transport}}",
          "user": "hub-{{id}}", "realm": "{{Realm}}", "password": "{{Password}}", "room": "{{room}}" } }
        """;
}

/// <summary>Calls through a registration of the hub's own at its partner (RFC 3261 section 10), both ways.</summary>
public sealed class OutwardTrunkFacts(OutwardTrunkLab lab) : IClassFixture<OutwardTrunkLab>
{
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("tcp", "4201")]
    [InlineData("tls", "4202")]
    public async Task A_call_to_the_registration_and_one_out_through_it_hear_each_other(string transport, string room)
    {
        var (caller, called) = await HearEachOther(lab.System, transport, transport, room);

        Assert.Contains(lab.System.Log, line => line.Contains($"INVITE sip:{called}@", StringComparison.Ordinal) && line.EndsWith($"over {transport}", StringComparison.Ordinal));
        await lab.Hpd.Leg(room, "the caller to be the trunk's", leg =>
            leg.GetProperty("party").GetRawText() is var party && party.Contains(caller, StringComparison.Ordinal) && party.Contains($"trunk:{transport}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_goes_by_the_service_route_that_came_with_the_registration()
    {
        var (_, called) = await HearEachOther(lab.Routed, "routed", "tcp", "4203");

        Assert.Contains(lab.Outbound.Log, line => line.Contains($"INVITE sip:{called}@{lab.Routed.For("tcp")}", StringComparison.Ordinal) && line.Contains("from 127.0.0.1:", StringComparison.Ordinal));
        Assert.DoesNotContain(lab.Routed.Log, line => line.Contains($"INVITE sip:{called}@", StringComparison.Ordinal) && line.Contains("from 127.0.0.1:", StringComparison.Ordinal));
    }

    /// <summary>Somebody at the partner's calls the hub, which calls somebody else there.</summary>
    private async Task<(string Caller, string Called)> HearEachOther(Kamailio system, string trunk, string transport, string room)
    {
        var (calls, isCalled) = ($"calls-{trunk}", $"called-{trunk}");
        await Until.True($"hub-{trunk} to be registered", () => system.Log.Any(line => line.Contains($"registered hub-{trunk} over {transport}", StringComparison.Ordinal)));
        var called = await lab.Phone(new PhonePlan(isCalled, LabFixture.Tone(700), Account: new Account(system.For("udp"), isCalled, "unused")));
        var caller = await lab.Phone(calls, 400);

        await caller.Call(system.Sip($"hub-{trunk}"));
        await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = system.Sip(isCalled, transport) });
        await called.Answered();
        await Until.Elapsed(Run);

        ProxyLab.HearEachOther([(caller, 400), (called, 700)], Run * 0.6);
        await lab.Hpd.LegOf(room, calls, "up");
        return (calls, isCalled);
    }
}
