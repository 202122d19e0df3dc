using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Signalling;

public sealed class ReferralLab() : LabFixture("referrals");

/// <summary>Phones that transfer: a party into the room, themselves to another, one call in the place of another (RFC 3515, 3891).</summary>
public sealed class ReferralFacts(ReferralLab lab) : IClassFixture<ReferralLab>
{
    private const string Done = "SIP/2.0 200";
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_blind_transfer_brings_the_new_party_in_and_it_stays_when_who_asked_hangs_up()
    {
        var listener = await lab.Phone("blind-listener", 400);
        await listener.Call(lab.Hub.Sip("4201"));
        var target = await lab.Phone("blind-target", 700);
        var script = InRoom("blind")
            .InCall("REFER", $"Refer-To: <{target.Uri}>\nReferred-By: <sip:blind@127.0.0.1>").Receive(202)
            .Take("NOTIFY", ("Event", "refer"), ("Subscription-State", "active")).AnswerInCall()
            .TakeUntil("NOTIFY", Done).HangUp();

        await (await lab.Scripted("blind", script, new SippPlan("4201"))).Succeeded(2 * Until.Soon);

        await lab.Hpd.LegOf("4201", "blind@", "gone");
        await lab.Hpd.LegOf("4201", target.Uri, "up");
        await Until.True("the room to hear the new party", () => listener.Heard().Last(Judged).Measure(700).Present >= Judged * 0.8);
        Assert.True(target.InCall, "The new party must still be in the room.");
    }

    [Fact]
    public async Task A_party_that_refuses_is_reported_with_its_answer_and_who_asked_is_still_in_the_room()
    {
        var busy = await lab.Scripted("busy", SippScript.Called().TakeCall().Answer(486).Take("ACK"), new SippPlan("none"));
        var script = InRoom("refused")
            .InCall("REFER", $"Refer-To: <{busy.Uri}>").Receive(202)
            .TakeUntil("NOTIFY", "SIP/2.0 486").Wait(TimeSpan.FromSeconds(2)).HangUp();
        var phone = await lab.Scripted("refused", script, new SippPlan("4202"));

        await busy.Succeeded(Until.Soon);
        await Until.True("the report", () => phone.Count("SIP/2.0 486") > 0, context: () => phone.Messages);
        await lab.Hpd.LegOf("4202", "refused@", "up");
        await phone.Succeeded(2 * Until.Soon);
    }

    [Fact]
    public async Task A_phone_that_refers_itself_to_another_room_moves_there_in_the_same_call_and_hears_it()
    {
        var talker = await lab.Phone("moved-to", 700);
        await talker.Call(lab.Hub.Sip("4203"));
        await using var ear = new RtpEar();
        var talk = TimeSpan.FromSeconds(3);
        var script = InRoom("mover")
            .InCall("REFER", $"Refer-To: <{lab.Hub.Sip("4203")}>").Receive(202)
            .Take("NOTIFY", ("Event", "refer")).AnswerInCall()
            .Take("INVITE").AnswerInCall(200, SippScript.Sdp(version: 2, port: $"{ear.Port}")).Take("ACK")
            .TakeUntil("NOTIFY", Done).Wait(talk).HangUp();
        var mover = await lab.Scripted("mover", script, new SippPlan("4202"));

        await lab.Hpd.LegOf("4203", "mover@", "up");
        await lab.Hpd.LegOf("4202", "mover@", "gone");
        await mover.Succeeded(talk + Until.Soon);

        Ear.Hears(ear.Heard(), 700, talk * 0.6, "The phone in its new room");
        await lab.Hpd.LegOf("4203", "mover@", "gone");
    }

    [Fact]
    public async Task A_call_that_replaces_another_of_its_agency_takes_its_place_and_the_other_is_hung_up()
    {
        var first = await lab.Scripted("replaced", InRoom("replaced").Take("BYE").AnswerInCall(), new SippPlan("4202"));
        var leg = await lab.Hpd.LegOf("4202", "replaced@", "up");
        await Until.True("the 200 of the call", () => first.Count("ACK sip:") > 0);
        var script = SippScript.Caller("taker", "Taker")
            .Invite(SippScript.Sdp(), $"Require: replaces\nReplaces: {first.Dialog()}").MayReceive(100, 180).Receive(200).Ack()
            .Wait(TimeSpan.FromSeconds(3)).HangUp();
        var taker = await lab.Scripted("taker", script, new SippPlan("4202"));

        await first.Succeeded(Until.Soon);
        var taken = await lab.Hpd.LegOf("4202", "taker@", "up");
        Assert.Equal(leg.GetProperty("id").GetString(), taken.GetProperty("id").GetString());
        await taker.Succeeded(Until.Soon);
    }

    [Fact]
    public async Task A_call_that_replaces_none_is_refused_481()
    {
        var script = SippScript.Caller("lost", "Lost")
            .Invite(SippScript.Sdp(), "Replaces: nowhere@127.0.0.1;to-tag=a;from-tag=b").MayReceive(100, 180).Receive(481).AckRefusal();

        await (await lab.Scripted("replaces-nothing", script, new SippPlan("4202"))).Succeeded(Until.Soon);
    }

    [Fact]
    public async Task An_attended_transfer_has_the_room_call_the_party_in_the_place_of_the_transferring_phones_call()
    {
        const string Consulted = "consult%40127.0.0.1%3Bto-tag%3Dfar%3Bfrom-tag%3Dnear";
        var target = SippScript.Called()
            .TakeCall(("Replaces", "consult@127.0.0.1;"), ("Replaces", "to-tag=far"), ("Replaces", "from-tag=near"))
            .Answer(200, SippScript.Sdp()).Take("ACK").Take("BYE").AnswerInCall();
        var party = await lab.Scripted("attended-target", target, new SippPlan("none"));
        var script = InRoom("attends")
            .InCall("REFER", $"Refer-To: <{party.Uri}?Replaces={Consulted}>").Receive(202).TakeUntil("NOTIFY", Done).HangUp();

        await (await lab.Scripted("attends", script, new SippPlan("4203"))).Succeeded(2 * Until.Soon);

        var leg = await lab.Hpd.LegOf("4203", party.Uri, "up");
        await lab.Hpd.Delete($"/api/rooms/4203/legs/{leg.GetProperty("id").GetString()}");
        await party.Succeeded(Until.Soon);
    }

    [Fact]
    public async Task A_party_that_rings_is_reported_before_it_answers()
    {
        var target = SippScript.Called().TakeCall().Answer(180).Wait(Judged).Answer(200, SippScript.Sdp()).Take("ACK").Take("BYE").AnswerInCall();
        var party = await lab.Scripted("rings-target", target, new SippPlan("none"));
        var script = InRoom("rings")
            .InCall("REFER", $"Refer-To: <{party.Uri}>").Receive(202)
            .TakeUntil("NOTIFY", "SIP/2.0 180 Ringing").TakeUntil("NOTIFY", Done).HangUp();

        await (await lab.Scripted("rings", script, new SippPlan("4201"))).Succeeded(2 * Until.Soon);

        var leg = await lab.Hpd.LegOf("4201", party.Uri, "up");
        await lab.Hpd.Delete($"/api/rooms/4201/legs/{leg.GetProperty("id").GetString()}");
        await party.Succeeded(Until.Soon);
    }

    [Fact]
    public async Task A_phone_hangs_up_another_of_its_agency_by_refer_with_method_bye()
    {
        var other = await lab.Scripted("hung-up", InRoom("hungup").Take("BYE").AnswerInCall(), new SippPlan("4202"));
        var leg = (await lab.Hpd.LegOf("4202", "hungup@", "up")).GetProperty("id").GetString();
        var script = InRoom("hangs-up")
            .InCall("REFER", $"Refer-To: <{lab.Hub.Sip(leg!)};method=BYE>").Receive(202).Wait(Judged).HangUp();
        var phone = await lab.Scripted("hangs-up", script, new SippPlan("4202"));

        await phone.Succeeded(Until.Soon);
        await other.Succeeded(Until.Soon);
        Assert.Contains("terminated;reason=noresource", phone.Messages, StringComparison.Ordinal);
        await lab.Hpd.LegOf("4202", "hungup@", "gone");
    }

    [Fact]
    public async Task A_referral_with_no_hop_left_is_refused_483()
    {
        var script = InRoom("circles")
            .InCall("REFER", "Refer-To: <sip:anybody@127.0.0.1:9>", hops: 1).Receive(483).HangUp();

        await (await lab.Scripted("circles", script, new SippPlan("4203"))).Succeeded(Until.Soon);
    }

    /// <summary>A scripted phone that is in the room it called.</summary>
    private static SippScript InRoom(string user) => SippScript.Caller(user, user)
        .Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200).Ack();
}
