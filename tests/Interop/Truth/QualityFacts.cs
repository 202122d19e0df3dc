using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Radio;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Truth;

public sealed class QualityLab() : LabFixture("quality", null, ("Media:OneWaySeconds", "4"), ("Media:StuckKeySeconds", "12"));

/// <summary>What the roster says of voices is what happens to them: with real phones, and with one whose packets are lost.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class QualityFacts(QualityLab lab) : IClassFixture<QualityLab>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData("baresip")]
    [InlineData("linphonec")]
    public async Task A_healthy_phone_is_heard_and_hears_and_its_own_reports_say_so(string make)
    {
        var room = await Room();
        var plan = new PhonePlan($"healthy-{make}", LabFixture.Tone(700));
        IPhone phone = make == "baresip" ? await lab.Phone(plan) : await lab.Linphone(plan);
        await phone.Call(lab.Hub.Sip(room));
        // What a busy machine is late with at first is lost to the ear, and counts.
        var leg = await lab.Hpd.Leg(
            room, $"{make} to report that it hears, and to be heard well", leg => Text(leg, "hears") == "hears" && Number(leg, "roundTrip") is not null && Number(leg, "mos") >= 4.2, 2 * Long);

        Assert.Equal(("heard", "good", "none"), (Text(leg, "heard"), Text(leg, "grade"), Text(leg, "oneWay")));
        Assert.InRange(Number(leg, "loss")!.Value, 0, 2);
        // On one machine: a round trip of nothing, a packet, and what waits in the buffer, which a phone that begins with a burst fills.
        Assert.InRange(Number(leg, "roundTrip")!.Value, 0, 100);
        Assert.InRange(Number(leg, "delay")!.Value, 20, 400);
        Assert.NotNull(Number(leg, "farLoss"));
        Assert.True(await lab.Hpd.Metric("interop_media_legs_graded", "grade=\"Good\"") >= 1);
        await phone.HangUp();
    }

    [Fact]
    public async Task A_phone_that_sends_no_sound_is_shown_as_one_way_and_stays_up()
    {
        var room = await Room();
        var script = SippScript.Caller().Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200).Ack().Wait(TimeSpan.FromSeconds(15)).HangUp();
        var mute = await lab.Scripted("no-sound", script, new SippPlan(room));
        var leg = await lab.Hpd.Leg(room, "the silent phone to be shown as one-way", leg => Text(leg, "oneWay") == "fromParty", Long);

        Assert.Equal(("up", "nothing", "unknown", "unknown"), (leg.GetProperty("status").GetString(), Text(leg, "heard"), Text(leg, "hears"), Text(leg, "grade")));
        Assert.True(await lab.Hpd.Metric("interop_media_legs_one_way", "direction=\"FromParty\"") >= 1);
        // The phone hangs up, and nobody else: no sound ends no call.
        await mute.Succeeded(Long);
    }

    [Fact]
    public async Task A_phone_that_only_listens_is_not_one_way()
    {
        var room = await Room();
        var script = SippScript.Caller().Invite(SippScript.Sdp("recvonly")).MayReceive(100, 180).Receive(200).Ack().Wait(TimeSpan.FromSeconds(12)).HangUp();
        var listener = await lab.Scripted("only-listens", script, new SippPlan(room));
        await lab.Hpd.Leg(room, "the listening phone to be measured", leg => Text(leg, "heard") == "notSending", Long);
        await Until.Elapsed(TimeSpan.FromSeconds(6));
        Assert.Equal("none", Text(await lab.Hpd.LegOf(room, "engine7", "up"), "oneWay"));
        await listener.Succeeded(Long);
    }

    [Fact]
    public async Task Lost_packets_are_counted_as_lost_and_the_score_falls()
    {
        var port = Ports.Block(2);
        var room = await Room();
        var script = SippScript.Caller().Invite(SippScript.Sdp(port: port.ToString(CultureInfo.InvariantCulture))).MayReceive(100, 180).Receive(200).Ack().Wait(TimeSpan.FromSeconds(25)).HangUp();
        var phone = await lab.Scripted("lossy", script, new SippPlan(room));
        var told = await Until.Found("the hub's answer", () => Task.FromResult(MediaPort().Matches(phone.Messages).Skip(1).FirstOrDefault()));
        await using var road = new LossyRoad(port, new IPEndPoint(IPAddress.Loopback, int.Parse(told.Groups["port"].Value, CultureInfo.InvariantCulture)), static number => number % 10 == 5);
        var speaking = FfmpegRadio.Speak(lab.Place, $"127.0.0.1:{road.Entrance}", 700, TimeSpan.FromSeconds(20));

        var leg = await lab.Hpd.Leg(room, "a tenth of the packets to be lost", leg => Number(leg, "loss") is >= 8.5 and <= 11.5, Long);
        Assert.Equal(("heard", "fair"), (Text(leg, "heard"), Text(leg, "grade")));
        // R = 93.2 - 27.1 for a tenth, and a little for the delay.
        Assert.InRange(Number(leg, "mos")!.Value, 3.1, 3.5);
        // The tone never pauses.
        leg = await lab.Hpd.Leg(room, "the key to be taken for stuck", leg => Text(leg, "stuckSince") is not null, Long);
        Assert.True(await lab.Hpd.Metric("interop_media_stuck_keys") >= 1);
        Assert.True(await lab.Hpd.Metric("interop_media_leg_loss_percent_count", "kind=\"Sip\"") >= 1);
        await speaking;
        leg = await lab.Hpd.Leg(room, "the key to have come loose", leg => Text(leg, "stuckSince") is null, Long);
        Assert.Equal("up", leg.GetProperty("status").GetString());
        await phone.Succeeded(Long);
    }

    [Fact]
    public async Task A_dispatcher_makes_a_phone_quieter_and_it_is_so_still_after_the_hub_was_killed()
    {
        var room = await Room();
        var listener = await lab.Phone("hears-quieter", 400);
        var speaker = await lab.Phone("made-quieter", 700);
        await listener.Call(lab.Hub.Sip(room));
        await speaker.Call(lab.Hub.Sip(room));
        await Until.True("the speaker to be heard", () => Loudness(listener) is > 0);
        await Until.Elapsed(TimeSpan.FromSeconds(4));
        var before = Loudness(listener)!.Value;
        var id = (await lab.Hpd.LegOf(room, "made-quieter", "up")).GetProperty("id").GetString();
        var answer = await lab.Hpd.Patch($"/api/rooms/{room}/legs/{id}", new { gain = 21 });
        Assert.Equal((HttpStatusCode.BadRequest, "leg.gain-range"), (answer.Status, answer.Body.GetProperty("code").GetString()));
        answer = await lab.Hpd.Patch($"/api/rooms/{room}/legs/{id}", new { gain = -12 });
        Assert.Equal((HttpStatusCode.OK, -12), (answer.Status, answer.Body.GetProperty("gain").GetInt32()));
        await Until.True("the speaker to be 12 dB quieter", () => Decibels(Loudness(listener), before) is > -13 and < -11);

        await lab.Hub.Kill();
        await lab.Hub.StartAgain();
        await lab.Hpd.LegOf(room, "made-quieter", "up", Long);
        await lab.Hpd.LegOf(room, "hears-quieter", "up", Long);
        await Until.True(
            "the speaker to be 12 dB quieter after the return", () => Decibels(Loudness(listener), before) is > -13 and < -11, Long,
            () => $"before {before:0.0}, now {Loudness(listener):0.0}");
    }

    private async Task<string> Room()
    {
        var opened = await lab.Hpd.Do("/api/rooms", new { title = "Voices", type = "test", admits = new[] { "trunk:lab" } });
        return opened.GetProperty("code").GetString()!;
    }

    private static double? Loudness(Baresip listener)
    {
        var heard = listener.Heard();
        return heard.Length < TimeSpan.FromSeconds(2) ? null : Math.Sqrt(heard.Last(TimeSpan.FromSeconds(1)).Samples.Average(static sample => (double)sample * sample));
    }

    private static double? Decibels(double? loudness, double before) => loudness is > 0 ? 20 * Math.Log10(loudness.Value / before) : null;

    private static JsonElement? Quality(JsonElement leg) => leg.TryGetProperty("quality", out var quality) && quality.ValueKind == JsonValueKind.Object ? quality : null;

    private static string? Text(JsonElement leg, string name) => Quality(leg) is { } quality && quality.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? Number(JsonElement leg, string name) =>
        Quality(leg) is { } quality && quality.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    [GeneratedRegex(@"m=audio (?<port>\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex MediaPort();
}
