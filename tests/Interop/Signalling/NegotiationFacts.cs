using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Signalling;

public sealed class NegotiationLab() : LabFixture("negotiation");

/// <summary>What a call begins with and changes to: timers, extensions, offers early and late.</summary>
public sealed class NegotiationFacts(NegotiationLab lab) : IClassFixture<NegotiationLab>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_session_interval_below_90_seconds_is_refused_422_with_the_least_that_is_taken()
    {
        var script = SippScript.Caller()
            .Invite(SippScript.Sdp(), "Supported: timer\nSession-Expires: 60").MayReceive(100)
            .Receive(422, ("Min-SE", "^ *90")).AckRefusal()
            .Invite(SippScript.Sdp(), "Supported: timer\nSession-Expires: 90\nMin-SE: 90").MayReceive(100, 180)
            .Receive(200, ("Session-Expires", "^ *90")).Ack().HangUp();

        await (await lab.Scripted("too-small", script, new SippPlan("4201"))).Succeeded(Until.Soon);
    }

    [Fact]
    public async Task A_dialled_phone_that_wants_a_longer_interval_is_called_again_with_it()
    {
        var script = SippScript.Called()
            .TakeCall().Answer(422, headers: "Min-SE: 2400").Take("ACK")
            .TakeCall(("Session-Expires", "^ *2400"), ("Min-SE", "^ *2400")).Answer(200, SippScript.Sdp()).Take("ACK")
            .Take("BYE").AnswerInCall();
        var phone = await lab.Scripted("wants-longer", script, new SippPlan("none"));

        await Dialled("4201", phone);
        await phone.Succeeded(Until.Soon);
    }

    [Fact]
    public async Task An_extension_that_the_hub_does_not_know_is_refused_420_by_its_name()
    {
        var script = SippScript.Caller()
            .Invite(SippScript.Sdp(), "Require: x-teleportation").MayReceive(100)
            .Receive(420, ("Unsupported", "x-teleportation")).AckRefusal();

        await (await lab.Scripted("unknown-extension", script, new SippPlan("4201"))).Succeeded(Until.Soon);
    }

    [Fact]
    public async Task A_phone_that_makes_no_offer_gets_one_and_hears_where_its_late_answer_says()
    {
        var talker = await lab.Phone("late-talker", 400);
        await talker.Call(lab.Hub.Sip("4202"));
        await using var ear = new RtpEar();
        var script = SippScript.Caller("lateoffer", "Late offer")
            .Invite().MayReceive(100, 180).Receive(200, ("Content-Type", "application/sdp"))
            .Ack(SippScript.Sdp(port: $"{ear.Port}")).Wait(Talk).HangUp();

        await (await lab.Scripted("late-offer", script, new SippPlan("4202"))).Succeeded(Talk + Until.Soon);

        Ear.Hears(ear.Heard(), 400, Talk * 0.8, "The phone with the late offer");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(60)]
    public async Task A_phone_is_answered_and_sent_the_packet_time_that_it_asks_for(int packetTime)
    {
        var talker = await lab.Phone($"talker-of-{packetTime}", 400);
        await talker.Call(lab.Hub.Sip("4202"));
        await using var ear = new RtpEar();
        var script = SippScript.Caller($"takes{packetTime}", $"Takes {packetTime}")
            .Invite(SippScript.Sdp(port: $"{ear.Port}").Replace("a=ptime:20", $"a=ptime:{packetTime}", StringComparison.Ordinal))
            .MayReceive(100, 180).Receive(200).Ack().Wait(Talk).HangUp();
        var phone = await lab.Scripted($"takes-{packetTime}", script, new SippPlan("4202"));

        await phone.Succeeded(Talk + Until.Soon);

        Assert.Contains($"a=ptime:{packetTime}", phone.Received.First(message => message.StartsWith("SIP/2.0 200", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.InRange(ear.Packets * packetTime, Talk.TotalMilliseconds * 0.8, Talk.TotalMilliseconds * 1.5);
        Ear.Hears(ear.Heard(), 400, Talk * 0.8, $"The phone that likes {packetTime} ms");
        await talker.HangUp();
    }

    [Fact]
    public async Task A_voice_that_moves_to_another_port_by_re_invite_and_by_update_is_heard_there()
    {
        var listener = await lab.Phone("moved-listener", 400);
        await listener.Call(lab.Hub.Sip("4203"));
        await using var first = new RtpEar();
        await using var second = new RtpEar();
        await using var third = new RtpEar();
        string Sdp(RtpEar ear, int version) => SippScript.Sdp("recvonly", version: version, port: $"{ear.Port}");
        var script = SippScript.Caller("moves", "Moves")
            .Invite(Sdp(first, 1)).MayReceive(100, 180).Receive(200).Ack().Wait(Talk)
            .Reinvite(Sdp(second, 2)).MayReceive(100).Receive(200).Ack().Wait(Talk)
            .InCall("UPDATE", body: ("application/sdp", Sdp(third, 3))).Receive(200, ("CSeq", "UPDATE")).Wait(Talk)
            .HangUp();

        await (await lab.Scripted("moves", script, new SippPlan("4203"))).Succeeded(3 * Talk + Until.Soon);

        foreach (var ear in new[] { first, second, third })
            Ear.Hears(ear.Heard(), 400, Talk * 0.6, "The phone at each of its ports");
    }

    [Fact]
    public async Task A_dialled_phone_with_early_media_is_in_the_room_only_once_it_answers()
    {
        var listener = await lab.Phone("early-listener", 400);
        await listener.Call(lab.Hub.Sip("4202"));
        var script = SippScript.Called()
            .TakeCall().Answer(183, SippScript.Sdp()).Say().Wait(Talk)
            .AnswerCall(200, SippScript.Sdp()).Take("ACK").Wait(Talk)
            .Take("BYE").AnswerInCall();
        var phone = await lab.Scripted(
            "early-media", script, new SippPlan("none", Says: ToneFile.Samples(new Stretch(900, 4 * Talk))));

        var leg = await lab.Hpd.Do("/api/rooms/4202/legs", new { uri = phone.Uri, name = "Early" });
        await Until.True("the early media", () => phone.Count("SIP/2.0 183") > 0);
        await Until.Elapsed(Talk / 2);
        Ear.HearsNone(listener.Heard(), 900, "The room, before the phone answered,");
        await lab.Hpd.LegOf("4202", phone.Uri, "up");
        await Until.Elapsed(Talk);
        await lab.Hpd.Delete($"/api/rooms/4202/legs/{leg.GetProperty("id").GetString()}");
        await phone.Succeeded(Talk + Until.Soon);

        Ear.Hears(listener.Heard().Last(2 * Talk), 900, Talk * 0.6, "The room, once the phone answered,");
    }

    /// <summary>Has the room dial a phone, and lets it go as soon as it is up.</summary>
    private async Task Dialled(string room, Sipp phone)
    {
        var leg = await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = phone.Uri, name = "Dialled" });
        await lab.Hpd.LegOf(room, phone.Uri, "up");
        await lab.Hpd.Delete($"/api/rooms/{room}/legs/{leg.GetProperty("id").GetString()}");
    }
}
