using System.Text.Json;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Keys;

public sealed class KeyLab() : LabFixture("keys");

/// <summary>Keys steer the hub, however a phone tells them, and nobody in the room hears them.</summary>
public sealed class KeyFacts(KeyLab lab) : IClassFixture<KeyLab>
{
    // Far from every key's tones, so that its edges are not taken for one.
    private const double Voice = 2_500;

    private static readonly TimeSpan Run = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Press = TimeSpan.FromMilliseconds(120);
    private static readonly short[] Silence = new short[120 * ToneFile.Rate];

    [Fact]
    public async Task Telephone_events_are_not_heard_by_the_others()
    {
        var listener = await lab.Phone("hears-events", Silence);
        var presser = await lab.Phone("presses-events", LabFixture.Tone(Voice));
        var room = await Room("Events");
        await listener.Call(lab.Hub.Sip(room));
        await presser.Call(lab.Hub.Sip(room));
        await HearsVoice(listener);

        foreach (var key in "1590#")
        {
            await presser.Press(key);
            await Until.Elapsed(2 * Press);
        }

        await HearsVoice(listener);
        HearsNoKey(listener);
    }

    [Fact]
    public async Task Tones_in_a_voice_are_not_heard_by_the_others()
    {
        var listener = await lab.Phone("hears-tones", Silence);
        short[] gap = new short[ToneFile.Rate / 5];
        short[] before = ToneFile.Samples(new Stretch(Voice, Run));
        // The first key is pressed in the midst of a word, the others after a breath.
        short[] keys = [.. "159D".SelectMany(key => KeySound.Samples(key, Press).Concat(gap))];
        var presser = await lab.Phone("presses-tones", [.. before, .. keys, .. LabFixture.Tone(Voice)]);
        var room = await Room("Tones");
        await listener.Call(lab.Hub.Sip(room));
        await presser.Call(lab.Hub.Sip(room));

        await HearsVoice(listener);
        await Until.True("the voice to stop for the keys", () => listener.Heard().Measure(Voice).LongestGap >= 4 * Press);
        await HearsVoice(listener);
        HearsNoKey(listener);
    }

    [Fact]
    public async Task A_phone_without_telephone_events_answers_by_the_tones_of_its_voice()
    {
        var listener = await lab.Phone("hears-joining", Silence);
        var room = await Room("In band");
        await listener.Call(lab.Hub.Sip(room));
        // One for what is asked, and the answer more than once: a busy machine may ask late.
        short[] says = [.. "5111".SelectMany(key => new short[4 * ToneFile.Rate].Concat(KeySound.Samples(key, Press))), .. LabFixture.Tone(Voice)];
        var script = SippScript.Called().TakeCall().Answer(200, SippScript.Sdp()).Take("ACK").Say().Take("BYE").AnswerInCall();
        var asked = await lab.Scripted("answers-by-tones", script, new SippPlan("none", Says: says));

        var leg = await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = asked.Uri, name = "Old telephone", ask = true });
        await lab.Hpd.LegOf(room, asked.Uri, "asking");
        await lab.Hpd.LegOf(room, asked.Uri, "up", 3 * Until.Soon);
        await HearsVoice(listener);
        await lab.Hpd.Delete($"/api/rooms/{room}/legs/{leg.GetProperty("id").GetString()}");
        await asked.Succeeded(Until.Soon);

        HearsNoKey(listener);
    }

    [Fact]
    public async Task Star_one_mutes_a_phone_and_lets_it_talk_again()
    {
        var listener = await lab.Phone("hears-muting", Silence);
        var presser = await lab.Phone("mutes", LabFixture.Tone(Voice));
        var room = await Room("Muting");
        await listener.Call(lab.Hub.Sip(room));
        await presser.Call(lab.Hub.Sip(room));
        await HearsVoice(listener);

        await Wish(presser, '1');
        await Own(room, presser, "muted");
        await Until.Elapsed(Run);
        Assert.Equal(TimeSpan.Zero, listener.Heard().Last(Judged).Sounding);
        Assert.True(presser.Heard().Sounding > TimeSpan.FromMilliseconds(300), "Whoever mutes itself is told so.");

        await Wish(presser, '1');
        await Own(room, presser, "talk");
        await HearsVoice(listener);
    }

    [Fact]
    public async Task Star_zero_lets_a_dialled_phone_leave_and_it_is_not_called_again()
    {
        var room = await Room("Leaving");
        var phone = await lab.Phone("leaves", LabFixture.Tone(Voice));
        await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = phone.Uri, name = "On call" });
        await phone.Answered();
        await lab.Hpd.LegOf(room, phone.Uri, "up");

        await Wish(phone, '0');
        await phone.Closed();
        var leg = await lab.Hpd.LegOf(room, phone.Uri, "gone");
        await Until.Elapsed(2 * Run);

        Assert.Equal("left by key", leg.GetProperty("cause").GetString());
        Assert.Equal(1, phone.Calls);
    }

    [Fact]
    public async Task Keys_that_a_phone_tells_by_INFO_are_answered_200_and_followed()
    {
        var room = await Room("Relay");
        static (string, string) Key(char key) => ("application/dtmf-relay", $"Signal={key}\nDuration=160\n");
        var script = SippScript.Caller()
            .Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200).Ack().Say().Wait(Run)
            .InCall("INFO", body: Key('*')).Receive(200)
            .InCall("INFO", body: Key('0')).Receive(200)
            .Take("BYE").AnswerInCall();
        var phone = await lab.Scripted("relays", script, new SippPlan(room, Says: LabFixture.Tone(Voice)));

        await phone.Succeeded(Run + (2 * Until.Soon));
        var leg = await lab.Hpd.LegOf(room, "engine7", "gone");

        Assert.Equal("left by key", leg.GetProperty("cause").GetString());
    }

    private async Task<string> Room(string title) =>
        (await lab.Hpd.Do("/api/rooms", new { title, type = "drill", admits = new[] { "trunk:lab" } })).GetProperty("code").GetString()!;

    private Task<JsonElement> Own(string room, Baresip phone, string own) => lab.Hpd.Leg(
        room, $"the leg of {phone.Uri} to be {own} by its own choice",
        leg => leg.GetProperty("status").GetString() == "up" && leg.GetProperty("own").GetString() == own
            && leg.GetProperty("party").GetRawText().Contains(Name(phone), StringComparison.Ordinal));

    private static string Name(Baresip phone) => phone.Uri["sip:".Length..phone.Uri.IndexOf('@', StringComparison.Ordinal)];

    private static async Task Wish(Baresip phone, char key)
    {
        await phone.Press('*');
        await Until.Elapsed(2 * Press);
        await phone.Press(key);
    }

    private static Task HearsVoice(Baresip listener) => Until.True(
        $"{listener.Uri} to hear the voice",
        () => listener.Heard() is var heard && heard.Length > Judged && heard.Last(Judged).Measure(Voice).Present >= Judged * 0.9,
        3 * Until.Soon);

    private static void HearsNoKey(Baresip listener)
    {
        foreach (var hertz in KeySound.Frequencies)
            Ear.HearsNone(listener.Heard(), hertz, "The room");
    }
}
