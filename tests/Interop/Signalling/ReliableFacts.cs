using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Signalling;

public sealed class ReliableLab() : LabFixture("reliable");

/// <summary>Provisional answers that are acknowledged (RFC 3262), by us and to us, and the early dialog that they make.</summary>
public sealed class ReliableFacts(ReliableLab lab) : IClassFixture<ReliableLab>
{
    [Fact]
    public async Task A_caller_that_requires_100rel_gets_its_ringing_reliably_and_is_in_the_room()
    {
        // The room's 200 may come before that of the PRACK, or after it.
        var script = SippScript.Caller("requires", "Requires 100rel")
            .Invite(SippScript.Sdp(), "Require: 100rel\nSupported: 100rel").MayReceive(100)
            .Receive(180, ("RSeq", "^ *[0-9]+"), ("Require", "100rel"))
            .Acknowledge().Receive(200).Receive(200)
            .AckInvite().Wait(TimeSpan.FromSeconds(1)).HangUp();
        var phone = await lab.Scripted("requires-100rel", script, new SippPlan("4201"));

        await phone.Succeeded(Until.Soon);

        Assert.Contains(phone.Received, message => message.StartsWith("SIP/2.0 200 ", StringComparison.Ordinal) && message.Contains("CSeq: 2 PRACK", StringComparison.Ordinal));
        await lab.Hpd.LegOf("4201", "requires", "gone");
    }

    [Fact]
    public async Task A_caller_that_updates_its_call_before_it_acknowledged_the_ringing_is_answered_and_comes_in()
    {
        // The room's 200 may come before those of the UPDATE and the PRACK, or after them.
        var script = SippScript.Caller("updates", "Updates early")
            .Invite(SippScript.Sdp(), "Require: 100rel\nSupported: 100rel").MayReceive(100)
            .Receive(180, ("RSeq", "^ *[0-9]+"), ("Require", "100rel"))
            .InCall("UPDATE").Receive(200)
            .Acknowledge().Receive(200).Receive(200)
            .AckInvite().Wait(TimeSpan.FromSeconds(1)).HangUp();
        var phone = await lab.Scripted("updates-its-call", script, new SippPlan("4201"));

        await phone.Succeeded(Until.Soon);

        foreach (var answered in (string[])["CSeq: 2 UPDATE", "CSeq: 3 PRACK"])
            Assert.Contains(phone.Received, message => message.StartsWith("SIP/2.0 200 ", StringComparison.Ordinal) && message.Contains(answered, StringComparison.Ordinal));
        await lab.Hpd.LegOf("4201", "updates@", "gone");
    }

    [Fact]
    public async Task A_dialled_phone_that_rings_reliably_gets_its_prack_before_it_answers()
    {
        var script = SippScript.Called()
            .TakeCall().Answer(180, headers: "Require: 100rel\nRSeq: 4711")
            .Take("PRACK", ("RAck", "^ *4711 [0-9]+ INVITE")).AnswerInCall()
            .AnswerCall(200, SippScript.Sdp()).Take("ACK").Take("BYE").AnswerInCall();
        var phone = await lab.Scripted("rings-reliably", script, new SippPlan("none"));

        await Dialled("4202", phone);
    }

    [Fact]
    public async Task A_dialled_phone_that_describes_itself_reliably_may_change_that_by_update_before_it_answers()
    {
        var script = SippScript.Called()
            .TakeCall(("Supported", "100rel")).Answer(183, SippScript.Sdp(), "Require: 100rel\nRSeq: 4711")
            .Take("PRACK", ("RAck", "^ *4711 [0-9]+ INVITE")).AnswerInCall()
            .InCall("UPDATE", body: ("application/sdp", SippScript.Sdp(version: 2))).Receive(200, ("CSeq", "UPDATE"), ("Content-Type", "application/sdp"))
            .AnswerCall(200).Take("ACK").Take("BYE").AnswerInCall();
        var phone = await lab.Scripted("updates-early", script, new SippPlan("none"));

        await Dialled("4203", phone);
    }

    /// <summary>Has the room dial a phone, and lets it go as soon as it is up.</summary>
    private async Task Dialled(string room, Sipp phone)
    {
        var leg = await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = phone.Uri, name = "Reliable" });
        await lab.Hpd.LegOf(room, phone.Uri, "up");
        await lab.Hpd.Delete($"/api/rooms/{room}/legs/{leg.GetProperty("id").GetString()}");
        await phone.Succeeded(Until.Soon);
    }
}
