using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Signalling;

public sealed class HoldLab() : LabFixture("hold");

/// <summary>A phone that puts the room on hold sends nothing into it, and is back when it resumes.</summary>
public sealed class HoldFacts(HoldLab lab) : IClassFixture<HoldLab>
{
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("4201", "baresip")]
    [InlineData("4202", "linphonec")]
    public async Task A_phone_on_hold_is_not_heard_with_music_or_without_and_is_again_when_it_resumes(string room, string make)
    {
        var listener = await lab.Phone($"listener-{make}", 400);
        var plan = new PhonePlan($"holder-{make}", LabFixture.Tone(700));
        IPhone holder = make == "baresip" ? await lab.Phone(plan) : await lab.Linphone(plan);
        await listener.Call(lab.Hub.Sip(room));
        await holder.Call(lab.Hub.Sip(room));
        await Heard(listener, 700);

        await holder.Hold();
        await Until.True("the holding phone to go silent in the room", () => Silent(listener, 700));
        await Until.Elapsed(Run);
        Ear.HearsNone(listener.Heard().Last(Judged), 700, $"The room, with {make} holding it,");

        await holder.Resume();
        await Heard(listener, 700);
        await Until.Elapsed(Run);
        Ear.Hears(listener.Heard().Last(Judged), 700, Judged * 0.9, "The room, after the phone resumed,");
        await holder.HangUp();
        // baresip 1.0 takes the packets, and decodes none after a hold of its own.
        if (holder is Linphonec)
            Ear.Hears(holder.Heard().Last(Judged), 400, Judged * 0.9, "The phone that resumed");
    }

    [Fact]
    public async Task Music_that_a_scripted_phone_plays_to_whom_it_holds_does_not_reach_the_room()
    {
        var listener = await lab.Phone("listener-script", 400);
        await listener.Call(lab.Hub.Sip("4203"));
        static string Sdp(string direction, int version) => SippScript.Sdp(direction, version: version);
        var script = SippScript.Caller()
            .Invite(Sdp("sendrecv", 1)).MayReceive(100, 180).Receive(200).Ack().Say()
            .Wait(Run)
            .Reinvite(Sdp("sendonly", 2)).MayReceive(100).Receive(200).Ack().Wait(2 * Run)
            .Reinvite(Sdp("sendrecv", 3)).MayReceive(100).Receive(200).Ack().Wait(2 * Run)
            .HangUp();
        var holder = await lab.Scripted("music", script, new SippPlan("4203", Says: ToneFile.Samples(new Stretch(900, TimeSpan.FromSeconds(20)))));

        await Heard(listener, 900);
        await Until.True("the offer of the hold to be answered", () => holder.Count("a=recvonly") > 0);
        await Until.Elapsed(Run);
        Ear.HearsNone(listener.Heard().Last(Judged), 900, "The room, hearing no music on hold,");
        await Heard(listener, 900);
        await holder.Succeeded(4 * Run + Until.Soon);
    }

    private static bool Silent(Baresip phone, double hertz) =>
        phone.Heard() is { } heard && heard.Length > Judged && heard.Last(Judged).Measure(hertz).Present == TimeSpan.Zero;

    private static Task Heard(Baresip phone, double hertz) => Until.True(
        $"{phone.Uri} to hear {hertz} Hz", () => phone.Heard().Last(Judged).Measure(hertz).Present >= Judged * 0.8);
}
