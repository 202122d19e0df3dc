using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Dns;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Signalling;

/// <summary>A hub that asks the test's name server.</summary>
public sealed class ServiceRecordLab : LabFixture
{
    private ServiceRecordLab(NameServer names)
        : base("service-records", LabProvisioning.Text(destinations: $"sip:*@{Domain}"), ("Sip__NameServers", $"127.0.0.1:{names.Port}")) =>
        Names = Keep(names);

    public ServiceRecordLab()
        : this(new NameServer())
    {
    }

    /// <summary>The partner's domain, which is no host.</summary>
    public const string Domain = "partner.test";

    /// <summary>Who knows the partner's servers.</summary>
    public NameServer Names { get; }
}

/// <summary>A partner that is known by its domain is called at the servers of its SRV records, in order, until one takes the call (RFC 3263 section 4.3).</summary>
public sealed class ServiceRecordFacts(ServiceRecordLab lab) : IClassFixture<ServiceRecordLab>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_call_goes_past_a_dead_server_and_one_out_of_service_to_the_one_that_lives()
    {
        await using var ear = new RtpEar();
        var outOfService = await lab.Scripted("out-of-service", SippScript.Called().TakeCall().Answer(503).Take("ACK"), new SippPlan("none", "tcp"));
        var lives = await lab.Scripted(
            "lives",
            SippScript.Called().TakeCall(("To", $"engine7@{ServiceRecordLab.Domain}")).Answer(180).Answer(200, SippScript.Sdp(port: $"{ear.Port}"))
                .Take("ACK").Take("BYE").AnswerInCall(),
            new SippPlan("none", "tcp"));
        var dead = Ports.One();
        lab.Names.Serve(
            $"_sip._tcp.{ServiceRecordLab.Domain}",
            new ServiceRecord(30, lives.Port, "third.partner.test"),
            new ServiceRecord(10, dead, "first.partner.test"),
            new ServiceRecord(20, outOfService.Port, "second.partner.test"));
        var listener = await lab.Phone("listens", 400);
        await listener.Call(lab.Hub.Sip("4201"));

        await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = $"sip:engine7@{ServiceRecordLab.Domain}" });
        await outOfService.Succeeded(Until.Soon);
        await lab.Hpd.LegOf("4201", ServiceRecordLab.Domain, "up");
        await Until.Elapsed(Talk);

        Ear.Hears(ear.Heard().Last(Talk * 0.6), 400, Talk * 0.5, "The server that lives");
        foreach (var asked in (string[])["_sip._udp.partner.test", "_sip._tcp.partner.test", "first.partner.test", "second.partner.test", "third.partner.test"])
            Assert.Contains(asked, lab.Names.Asked);
        var leg = await lab.Hpd.LegOf("4201", ServiceRecordLab.Domain, "up");
        await lab.Hpd.Delete($"/api/rooms/4201/legs/{leg.GetProperty("id").GetString()}");
        await lives.Succeeded(Until.Soon);
    }
}
