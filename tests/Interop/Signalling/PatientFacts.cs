using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Signalling;

/// <summary>Calls that take minutes by the RFCs' own timers, all begun at once, so that the facts wait for the longest alone.</summary>
public sealed class PatientLab() : LabFixture("patient")
{
    private static readonly TimeSpan HalfInterval = TimeSpan.FromSeconds(45);

    /// <summary>A caller whose ACK is lost.</summary>
    public Sipp LostAck { get; private set; } = null!;

    /// <summary>A caller that has the hub refresh the session.</summary>
    public Sipp HubRefreshes { get; private set; } = null!;

    /// <summary>A caller that refreshes the session itself.</summary>
    public Sipp PhoneRefreshes { get; private set; } = null!;

    /// <summary>A caller that was to refresh the session, and does not.</summary>
    public Sipp Expires { get; private set; } = null!;

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        LostAck = await Calls("lostack", "4201", script => script
            .Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200)
            .Take("BYE").AnswerInCall());
        HubRefreshes = await Calls("hubrefreshes", "4202", script => script
            .Invite(SippScript.Sdp(), "Supported: timer\nSession-Expires: 90;refresher=uas\nAllow: INVITE, ACK, BYE, CANCEL, OPTIONS")
            .MayReceive(100, 180).Receive(200, ("Session-Expires", "90;refresher=uas")).Ack()
            .Take("INVITE", ("Session-Expires", "^ *90")).AnswerInCall(200, SippScript.Sdp(), "Session-Expires: 90;refresher=uac\nRequire: timer")
            .Take("ACK").HangUp());
        PhoneRefreshes = await Calls("phonerefreshes", "4203", script => script
            .Invite(SippScript.Sdp(), "Supported: timer\nSession-Expires: 90;refresher=uac")
            .MayReceive(100, 180).Receive(200, ("Session-Expires", "90;refresher=uac"), ("Require", "timer")).Ack()
            .Wait(HalfInterval)
            .InCall("UPDATE", "Supported: timer\nSession-Expires: 90;refresher=uac").Receive(200, ("Session-Expires", "90;refresher=uac"))
            .Wait(TimeSpan.FromSeconds(25)).HangUp());
        Expires = await Calls("expires", "4203", script => script
            .Invite(SippScript.Sdp(), "Supported: timer\nSession-Expires: 90;refresher=uac")
            .MayReceive(100, 180).Receive(200).Ack()
            .Take("BYE").AnswerInCall());
    }

    private Task<Sipp> Calls(string user, string room, Func<SippScript, SippScript> script) =>
        Scripted(user, script(SippScript.Caller(user, user)), new SippPlan(room));
}

/// <summary>What the hub does when an ACK or a refresh does not come, and when it does.</summary>
public sealed class PatientFacts(PatientLab lab) : IClassFixture<PatientLab>
{
    private static readonly TimeSpan NoAck = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(100);

    [Fact]
    public async Task An_answer_without_ack_is_repeated_for_32_seconds_and_then_the_call_is_hung_up()
    {
        await lab.LostAck.Succeeded(NoAck);

        // Eleven by the timers; the phone's own answers to the hub's questions after its life are among them.
        Assert.InRange(lab.LostAck.Count("SIP/2.0 200 OK"), 8, 18);
        await lab.Hpd.Leg("4201", "the leg without ACK not to be up", leg => leg.GetProperty("status").GetString() is "gone" or "lost");
    }

    [Fact]
    public async Task The_hub_refreshes_the_session_when_that_is_its_part() => await lab.HubRefreshes.Succeeded(Interval);

    [Fact]
    public async Task A_session_that_the_phone_refreshes_outlives_its_first_interval() => await lab.PhoneRefreshes.Succeeded(Interval);

    [Fact]
    public async Task A_session_that_nobody_refreshes_is_hung_up_and_its_leg_is_not_up()
    {
        await lab.Expires.Succeeded(Interval);

        await lab.Hpd.Leg("4203", "the expired leg not to be up", leg =>
            leg.GetProperty("party").GetRawText().Contains("expires", StringComparison.Ordinal) && leg.GetProperty("status").GetString() is "gone" or "lost");
    }
}
