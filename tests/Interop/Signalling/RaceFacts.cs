using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Signalling;

public sealed class RaceLab() : LabFixture("races");

/// <summary>Messages that cross each other, and answers of more than one phone.</summary>
public sealed class RaceFacts(RaceLab lab) : IClassFixture<RaceLab>
{
    [Theory]
    [InlineData("4201", "udp")]
    [InlineData("4202", "tcp")]
    public async Task A_cancel_that_crosses_the_answer_changes_nothing_and_the_call_goes_on(string room, string transport)
    {
        var script = SippScript.Caller("crosses", "Crosses")
            .Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200)
            .Cancel().Receive(200, ("CSeq", "CANCEL"))
            .Ack().Wait(TimeSpan.FromSeconds(2)).HangUp();
        var phone = await lab.Scripted($"cancel-crosses-{transport}", script, new SippPlan(room, transport));

        await lab.Hpd.LegOf(room, "crosses", "up");
        await phone.Succeeded(Until.Soon);

        await lab.Hpd.LegOf(room, "crosses", "gone");
    }

    [Fact]
    public async Task A_dialled_phone_that_answers_while_it_is_given_up_is_acknowledged_and_hung_up()
    {
        // The ACK follows at once on the answer to the call: the one to the CANCEL, which it came too late for, has to be out before.
        var script = SippScript.Called()
            .TakeCall().Answer(180)
            .Take("CANCEL").AnswerInCall().AnswerCall(200, SippScript.Sdp())
            .Take("ACK").Take("BYE").AnswerInCall();
        var phone = await lab.Scripted("answers-late", script, new SippPlan("none"));
        var leg = await lab.Hpd.Do("/api/rooms/4203/legs", new { uri = phone.Uri, name = "Late" });
        await Until.True("the phone to ring", () => phone.Count("SIP/2.0 180") > 0);

        await lab.Hpd.Delete($"/api/rooms/4203/legs/{leg.GetProperty("id").GetString()}");

        await phone.Succeeded(Until.Soon);
        await lab.Hpd.LegOf("4203", phone.Uri, "gone");
    }

    [Fact]
    public async Task Of_two_phones_that_answer_one_call_one_stays_and_the_other_is_hung_up()
    {
        var script = SippScript.Called()
            .TakeCall().Answer(180)
            .AnswerCall(200, SippScript.Sdp(), tag: "first").Take("ACK", ("To", "tag=first"))
            .AnswerCall(200, SippScript.Sdp(), tag: "second").Take("ACK", ("To", "tag=second"))
            .Take("BYE", ("To", "tag=second")).AnswerInCall()
            .Take("BYE", ("To", "tag=first")).AnswerInCall();
        var phone = await lab.Scripted("forked", script, new SippPlan("none"));
        var leg = await lab.Hpd.Do("/api/rooms/4202/legs", new { uri = phone.Uri, name = "Forked" });
        await lab.Hpd.LegOf("4202", phone.Uri, "up");
        await Until.True("the second answer to be hung up", () => phone.Count("BYE sip:") > 0);

        await lab.Hpd.LegOf("4202", phone.Uri, "up");
        await lab.Hpd.Delete($"/api/rooms/4202/legs/{leg.GetProperty("id").GetString()}");

        await phone.Succeeded(Until.Soon);
        await lab.Hpd.LegOf("4202", phone.Uri, "gone");
    }
}
