using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Processes;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Recorded;

public sealed class RecordingLab() : LabFixture("recording")
{
    public const string Commander = "hpd-commander-for-tests-0123456789abcdef";

    public const string Observer = "hpd-observer-for-tests-0123456789abcdef0";

    protected override Task<string> Provisioning() => Task.FromResult(LabProvisioning.Text()
        .Replace("\"rooms\": [", """ "recording": [ { "id": "all", "agency": "hpd", "keepDays": 30 } ], "rooms": [ """, StringComparison.Ordinal)
        .Replace("\"tokens\": [", $$"""
            "tokens": [ { "agency": "hpd", "role": "commander", "secret": "{{Commander}}" }, { "agency": "hpd", "role": "observer", "secret": "{{Observer}}" },
            """, StringComparison.Ordinal));
}

/// <summary>Real phones talk, and what they said is downloaded and measured.</summary>
[Collection(AloneCollection.Name)]
public sealed class RecordingFacts(RecordingLab lab, ITestOutputHelper output) : IClassFixture<RecordingLab>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Each_phones_turn_is_a_segment_of_its_tone_alone_and_the_mix_has_both()
    {
        var first = await lab.Phone("first", ToneFile.Samples(new Stretch(400, 3 * Second), new Stretch(null, 60 * Second)));
        var second = await lab.Phone("second", ToneFile.Samples(new Stretch(null, 5 * Second), new Stretch(1_000, 3 * Second), new Stretch(null, 60 * Second)));
        await Task.WhenAll(first.Call(lab.Hub.Sip("4201")), second.Call(lab.Hub.Sip("4201")));
        var segments = await Segments("4201", found => found.Count(IsMix) == 1 && found.Count == 3);

        var one = await Play("4201", segments.Single(segment => Talker(segment) == "first"));
        var other = await Play("4201", segments.Single(segment => Talker(segment) == "second"));
        var mix = await Play("4201", segments.Single(IsMix));
        Ear.Hears(one, 400, 2.8 * Second, "The first phone's segment");
        Ear.DoesNotHear(one, 1_000, 400, "The first phone's segment");
        Ear.Hears(other, 1_000, 2.8 * Second, "The second phone's segment");
        Ear.DoesNotHear(other, 400, 1_000, "The second phone's segment");
        foreach (var hertz in new double[] { 400, 1_000 })
            Ear.Hears(mix, hertz, 2.8 * Second, "The mix");
        foreach (var segment in segments)
            output.WriteLine(segment.GetRawText());
        Assert.All(segments, segment => Assert.Equal(0, segment.GetProperty("lostMs").GetInt32()));
        Assert.InRange(one.Length, 3 * Second, 4 * Second);
    }

    [Fact]
    public async Task After_kill_9_in_mid_talk_at_most_the_last_second_is_lost_and_every_hash_is_right()
    {
        var talker = await lab.Phone("killed", 700);
        await talker.Call(lab.Hub.Sip("4202"));
        await lab.Hpd.LegOf("4202", "killed", "up");
        await Until.Elapsed(5 * Second);

        var killed = TimeProvider.System.GetUtcNow();
        await lab.Hub.Kill();
        await lab.Hub.StartAgain();
        var segments = await Segments("4202", found => found.Any(segment => Talker(segment) == "killed") && found.Any(IsMix));

        foreach (var segment in segments.Where(segment => Start(segment) < killed))
        {
            var lost = killed - Start(segment) - Length(segment);
            output.WriteLine($"{(IsMix(segment) ? "The mix" : "The talker")} lacks {lost.TotalMilliseconds:0} ms before the kill.");
            Assert.InRange(lost, TimeSpan.FromMilliseconds(-100), Second);
            Ear.Hears(await Play("4202", segment), 700, Length(segment) - (0.3 * Second), "What was left");
        }

        var verified = await lab.Hub.Command("journal", "verify", "--audio");
        Assert.True(verified.Code == 0, verified.Printed);
        await talker.HangUp();
        await Segments("4202", found => found.Count(segment => !IsMix(segment)) >= 2);
    }

    [Fact]
    public async Task Members_list_and_hear_and_nobody_else_and_who_heard_is_in_the_record()
    {
        var talker = await lab.Phone("heard", ToneFile.Samples(new Stretch(400, 2 * Second), new Stretch(null, 60 * Second)));
        await talker.Call(lab.Hub.Sip("4203"));
        var segment = (await Segments("4203", found => found.Count == 2)).First(found => !IsMix(found));
        var path = $"/api/rooms/4203/recordings/{segment.GetProperty("id").GetString()}";
        using var observer = new HubApi(lab.Hub.Console, RecordingLab.Observer);
        using var sensor = new HubApi(lab.Hub.Console, LabProvisioning.SensorToken);
        using var nobody = new HubApi(lab.Hub.Console, null);

        foreach (var (api, status) in new[] { (lab.Ctic, HttpStatusCode.NotFound), (observer, HttpStatusCode.Forbidden), (sensor, HttpStatusCode.NotFound), (nobody, HttpStatusCode.Unauthorized) })
        {
            Assert.Equal(status, (await api.File(path)).Status);
            Assert.Equal(status, (await api.Get("/api/rooms/4203/recordings")).Status);
        }

        var invite = (await lab.Hpd.Do("/api/rooms/4203/invites", new { agency = "ctic" })).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Forbidden, (await lab.Ctic.File(path)).Status);
        await lab.Ctic.Do($"/api/rooms/4203/invites/{invite}/answer", new { accept = true });
        // A late member hears what was said before.
        var whole = await lab.Ctic.File(path);
        var part = await lab.Ctic.File(path, 1_000, 1_099);
        Assert.Equal((HttpStatusCode.OK, "audio/wav"), (whole.Status, whole.Type));
        Assert.Equal((HttpStatusCode.PartialContent, 100), (part.Status, part.Bytes.Length));
        Assert.Equal(whole.Bytes[1_000..1_100], part.Bytes);
        Assert.Equal(HttpStatusCode.NotFound, (await lab.Hpd.File("/api/rooms/4203/recordings/00000000000000000000000000000000")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lab.Hpd.File($"/api/rooms/4202/recordings/{segment.GetProperty("id").GetString()}")).Status);

        var heard = (await lab.Hpd.Get("/api/rooms/4203/journal?count=1000")).Body.EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == "recording.heard").ToList();
        Assert.Equal("ctic", Assert.Single(heard).GetProperty("actor").GetProperty("agency").GetString());
    }

    [Fact]
    public async Task A_hold_is_a_commanders_and_shown_and_recorded()
    {
        using var commander = new HubApi(lab.Hub.Console, RecordingLab.Commander);
        Assert.Equal(HttpStatusCode.Forbidden, (await lab.Hpd.Post("/api/rooms/4201/recordings/hold", new { reason = "subpoena" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await commander.Post("/api/rooms/4201/recordings/hold", new { reason = "" })).Status);
        await commander.Do("/api/rooms/4201/recordings/hold", new { reason = "subpoena" });
        Assert.Equal("subpoena", (await lab.Hpd.Room("4201")).GetProperty("header").GetProperty("recording").GetProperty("hold").GetProperty("reason").GetString());
        await commander.Do("/api/rooms/4201/recordings/release", new { reason = "withdrawn" });
        var types = (await lab.Hpd.Get("/api/rooms/4201/journal?count=1000")).Body.EnumerateArray().Select(entry => entry.GetProperty("type").GetString()).ToList();
        Assert.Contains("recording.held", types);
        Assert.Contains("recording.released", types);
        Assert.Contains("recording.started", types);
    }

    private static bool IsMix(JsonElement segment) => segment.GetProperty("kind").GetString() == "mix";

    private static string? Talker(JsonElement segment) => IsMix(segment) ? null : segment.GetProperty("talker").GetString();

    private static DateTimeOffset Start(JsonElement segment) => DateTimeOffset.Parse(segment.GetProperty("startedAt").GetString()!, CultureInfo.InvariantCulture);

    private static TimeSpan Length(JsonElement segment) => TimeSpan.FromMilliseconds(segment.GetProperty("lengthMs").GetInt32());

    private async Task<List<JsonElement>> Segments(string room, Func<List<JsonElement>, bool> enough)
    {
        var text = "";
        return await Until.Found(
            $"the recordings of {room}",
            async () =>
            {
                var answer = await lab.Hpd.Get($"/api/rooms/{room}/recordings");
                text = answer.Text;
                var found = answer.Status == HttpStatusCode.OK ? answer.Body.EnumerateArray().ToList() : [];
                return enough(found) ? found : null;
            },
            TimeSpan.FromSeconds(40),
            () => $"{text}\n{lab.Hub.Tail}");
    }

    /// <summary>Downloads a segment, holds it against its hash, and has a player of others decode it.</summary>
    private async Task<Recording> Play(string room, JsonElement segment)
    {
        var id = segment.GetProperty("id").GetString()!;
        var (status, bytes, _) = await lab.Hpd.File($"/api/rooms/{room}/recordings/{id}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((segment.GetProperty("sha256").GetString(), segment.GetProperty("octets").GetInt64()), (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length));
        var (file, decoded) = (lab.Place.File($"{id}.wav"), lab.Place.File($"{id}-linear.wav"));
        await File.WriteAllBytesAsync(file, bytes);
        await using var player = PeerProcess.Start("ffmpeg", "ffmpeg", ["-v", "error", "-y", "-i", file, "-c:a", "pcm_s16le", decoded], lab.Place.Path, new Dictionary<string, string>());
        Assert.True(await player.Exited(TimeSpan.FromSeconds(20)) == 0, player.Tail);
        return Recording.Read(decoded);
    }
}
