using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Recording;

namespace Interop.Tests.Unit.Media.Recording;

/// <summary>What rooms hear, as it comes to files.</summary>
/// <remarks>One file, since all of it shares the rig that talks, waits and cuts: each fact is a few lines on top of that.</remarks>
public sealed class RecorderTests
{
    private const int Hang = 25;

    [Fact]
    public async Task Each_transmission_of_each_leg_is_a_segment_of_its_own_and_the_mix_is_beside_them()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var (a, b, _) = (await rig.AddPhoneAsync("a"), await rig.AddPhoneAsync("b"), await rig.AddPhoneAsync("c"));
        rig.Engine.SetTalker(MediaRig.Room, "a", new Talker("Engine 4", "hfd"));
        Assert.True(rig.Engine.Record(MediaRig.Room, true));
        var began = rig.Time.GetUtcNow();
        Talk(rig, a, 400, 100);
        Quiet(rig, 30);
        Talk(rig, b, 1300, 50);
        Quiet(rig, 30);
        Talk(rig, a, 400, 25);
        Quiet(rig, 200);

        var segments = Segments(rig);
        Assert.Equal(["a", "b", "a", null], segments.Select(segment => segment.Title.Leg));
        Assert.Equal((SegmentKind.Transmission, new Talker("Engine 4", "hfd")), (segments[0].Title.Kind, segments[0].Title.Talker!));
        Assert.Equal((SegmentKind.Mix, null), (segments[3].Title.Kind, segments[3].Title.Talker));
        AssertHolds(disk, segments[0], 400, seconds: 2, but: 1300);
        AssertHolds(disk, segments[1], 1300, seconds: 1, but: 400);
        AssertHolds(disk, segments[2], 400, seconds: 0.5, but: 1300);
        var (mix, _) = disk.Play(segments[3]);
        Assert.InRange(Tone.AmplitudeOf(400, mix.AsSpan(4000, 8000)), 7500, 8500);
        Assert.InRange(Tone.AmplitudeOf(1300, mix.AsSpan(24_000, 4000)), 7500, 8500);
        Assert.All(segments, segment => Assert.Equal(TimeSpan.Zero, segment.Lost));
        Assert.InRange(segments[0].Title.StartedAt - began, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        // What is between the two, in the second's start, is what passed between their voices.
        Assert.InRange(segments[1].Title.StartedAt - segments[0].Title.StartedAt, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        Assert.Equal(segments[0].Title.StartedAt, segments[3].Title.StartedAt);
    }

    [Fact]
    public async Task Only_what_was_heard_is_recorded()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var muted = await rig.AddPhoneAsync("muted", mode: LegMode.Muted);
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, muted, 400, 100);
        Quiet(rig, 200);
        Assert.Empty(Segments(rig));
        Assert.Empty(disk.Files);
    }

    [Fact]
    public async Task Nothing_is_recorded_before_a_room_is_and_after_it_is_no_more()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        Talk(rig, a, 400, 50);
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 50);
        rig.Engine.Record(MediaRig.Room, false);
        Talk(rig, a, 400, 50);
        Quiet(rig, 50);
        var transmission = Assert.Single(Segments(rig), segment => segment.Title.Leg == "a");
        Assert.InRange(transmission.Length, TimeSpan.FromMilliseconds(960), TimeSpan.FromMilliseconds(1040));
    }

    [Fact]
    public async Task A_stuck_key_makes_pieces_of_a_minute_that_follow_without_a_gap()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 3100);
        Quiet(rig, 200);
        foreach (var pieces in Segments(rig).GroupBy(segment => segment.Title.Kind))
        {
            Assert.Equal(2, pieces.Count());
            Assert.Equal(TimeSpan.FromMinutes(1), pieces.First().Length);
            Assert.Equal(pieces.First().Title.StartedAt + pieces.First().Length, pieces.Last().Title.StartedAt);
        }
    }

    [Fact]
    public async Task A_wide_voice_is_kept_wide_and_the_mix_with_it()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var (wide, narrow) = (await rig.AddPhoneAsync("wide", RtpFormat.L16Wide), await rig.AddPhoneAsync("narrow"));
        rig.Engine.Record(MediaRig.Room, true);
        Tone high = new(5000, rate: 16_000), low = new(400);
        rig.Ticks(100, () =>
        {
            wide.Send(high.Next(320));
            narrow.Send(low.Next());
        });
        Quiet(rig, 200);
        var segments = Segments(rig);
        var (samples, rate) = disk.Play(Assert.Single(segments, segment => segment.Title.Leg == "wide"));
        Assert.Equal(16_000, rate);
        Assert.InRange(Tone.AmplitudeOf(5000, samples.AsSpan(8000, 16_000), rate), 7500, 8500);
        var (mix, mixRate) = disk.Play(segments.Last(segment => segment.Title.Kind == SegmentKind.Mix));
        Assert.Equal(16_000, mixRate);
        Assert.InRange(Tone.AmplitudeOf(5000, mix.AsSpan(8000, 16_000), mixRate), 7500, 8500);
        Assert.InRange(Tone.AmplitudeOf(400, mix.AsSpan(8000, 16_000), mixRate), 7500, 8500);
    }

    [Fact]
    public async Task A_writer_that_falls_behind_costs_frames_that_are_counted_and_silence_of_their_length()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var (a, listener) = (await rig.AddPhoneAsync("a"), await rig.AddPhoneAsync("b"));
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 100);
        listener.Heard.Clear();
        // The ring holds 256 ticks of a talker and the mix; the recorder does nothing for 500.
        var tone = new Tone(400);
        rig.Ticks(500, () => a.Send(tone.Next()));
        Assert.InRange(Tone.AmplitudeOf(400, listener.LastSecond()), 7500, 8500);
        Talk(rig, a, 400, 100);
        Quiet(rig, 200);
        foreach (var segment in Segments(rig))
        {
            Assert.InRange(segment.Lost, TimeSpan.FromSeconds(4.7), TimeSpan.FromSeconds(5.1));
            Assert.InRange(segment.Length, TimeSpan.FromSeconds(14.3), TimeSpan.FromSeconds(14.7));
            var (samples, _) = disk.Play(segment);
            Assert.True(Tone.AmplitudeOf(400, samples.AsSpan(8 * 8000, 3 * 8000)) < 1);
            Assert.InRange(Tone.AmplitudeOf(400, samples.AsSpan((12 * 8000) + 1600, 8000)), 7500, 8500);
        }
    }

    [Fact]
    public async Task A_disk_that_hangs_holds_up_no_voice_and_is_told()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var (a, listener) = (await rig.AddPhoneAsync("a"), await rig.AddPhoneAsync("b"));
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 50);
        disk.Answers.Reset();
        disk.Waits.Reset();
        var tone = new Tone(400);
        rig.Ticks(10, () => a.Send(tone.Next()));
        var step = Task.Run(() => rig.Recorder.Step(), TestContext.Current.CancellationToken);
        Assert.True(disk.Waits.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "the recorder writes");
        rig.Ticks(400, () => a.Send(tone.Next()));
        Assert.InRange(Tone.AmplitudeOf(400, listener.LastSecond()), 7500, 8500);
        Assert.Contains("not answered for 8 s", rig.Recorder.FailureOf(MediaRig.Room), StringComparison.Ordinal);
        disk.Answers.Set();
        await step;
        Quiet(rig, 200);
        Assert.Null(rig.Recorder.FailureOf(MediaRig.Room));
        Assert.InRange(Assert.Single(Segments(rig), segment => segment.Title.Leg == "a").Length, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_disk_that_fails_is_told_and_what_it_took_is_kept_when_it_is_back()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 100);
        disk.Broken = true;
        Talk(rig, a, 400, 100);
        Assert.Equal("The disk is on fire.", rig.Recorder.FailureOf(MediaRig.Room));
        Assert.Empty(Segments(rig));
        disk.Broken = false;
        Talk(rig, a, 400, 100);
        Assert.Null(rig.Recorder.FailureOf(MediaRig.Room));
        Quiet(rig, 700);

        var segments = Segments(rig).Where(segment => segment.Title.Leg == "a").OrderBy(segment => segment.Title.StartedAt).ToArray();
        Assert.Equal(2, segments.Length);
        Assert.InRange(segments[0].Length, TimeSpan.FromSeconds(1.7), TimeSpan.FromSeconds(2));
        AssertHolds(disk, segments[0], 400, seconds: 1.4, but: 1300);
        // What the disk refused is silence at the beginning of what it took again.
        Assert.InRange(segments[1].Lost, TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(3.2));
        Assert.Equal(segments[0].Title.StartedAt + segments[0].Length, segments[1].Title.StartedAt, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task A_full_disk_is_told_before_anybody_talks()
    {
        var disk = new MemoryDisk { Free = 0 };
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        Quiet(rig, 10);
        Assert.Contains("full", rig.Recorder.FailureOf(MediaRig.Room), StringComparison.Ordinal);
        Talk(rig, a, 400, 100);
        Assert.Empty(disk.Files);
        disk.Free = 1;
        Quiet(rig, 60);
        Assert.Null(rig.Recorder.FailureOf(MediaRig.Room));
    }

    [Fact]
    public async Task Recording_that_goes_off_and_on_again_begins_anew_for_a_leg_that_stays()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 300);
        rig.Engine.Record(MediaRig.Room, false);
        Talk(rig, a, 400, 100);
        rig.Engine.Record(MediaRig.Room, true);
        var again = rig.Time.GetUtcNow();
        Talk(rig, a, 400, 100);
        Quiet(rig, 200);
        foreach (var pieces in Segments(rig).OrderBy(segment => segment.Title.StartedAt).GroupBy(segment => segment.Title.Kind))
        {
            Assert.Equal(2, pieces.Count());
            Assert.InRange(pieces.Last().Title.StartedAt - again, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
            Assert.InRange(pieces.Last().Length, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(2.6));
            Assert.Equal(TimeSpan.Zero, pieces.Last().Lost);
        }
    }

    [Fact]
    public async Task A_disk_that_takes_no_new_file_is_told_also_while_an_open_one_is_written()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var (a, b) = (await rig.AddPhoneAsync("a"), await rig.AddPhoneAsync("b"));
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 100);
        disk.TakesNoMore = true;
        Tone one = new(400), other = new(1300);
        Both(20);
        for (var i = 0; i < 20; i++)
        {
            Both(10);
            Assert.Equal("The disk takes no more files.", rig.Recorder.FailureOf(MediaRig.Room));
        }

        disk.TakesNoMore = false;
        Both(100);
        Assert.Null(rig.Recorder.FailureOf(MediaRig.Room));

        void Both(int ticks)
        {
            for (var i = 0; i < ticks; i++)
            {
                a.Send(one.Next());
                b.Send(other.Next());
                Pass(rig, i);
            }
        }
    }

    [Fact]
    public async Task A_disk_that_fills_in_mid_talk_stays_told()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 100);
        disk.Free = 0;
        Talk(rig, a, 400, 60);
        Assert.Contains("full", rig.Recorder.FailureOf(MediaRig.Room), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_crash_left_is_repaired_a_few_files_a_round_so_that_what_is_said_now_comes_first()
    {
        var disk = new MemoryDisk();
        disk.Leave(files: 10);
        using var recorder = new Recorder(disk, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        recorder.Recover();
        Assert.Equal(0, recorder.Finished.Count);
        foreach (var repaired in (int[])[4, 8, 10])
        {
            recorder.Step();
            Assert.Equal(repaired, recorder.Finished.Count);
        }
    }

    [Fact]
    public void A_file_whose_head_cannot_be_written_is_let_go()
    {
        var stream = new Refusing();
        Assert.Throws<IOException>(() => new SegmentFile(stream, new SegmentTitle("id", "room", SegmentKind.Mix, null, null, default), Band.Narrow));
        Assert.True(stream.Ended);
    }

    [Fact]
    public async Task Ticks_that_were_given_up_end_no_transmission()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 50);
        // Over the 100 ms that are caught up, and under the 400 ms after which what waits is thrown away.
        rig.Time.Advance(TimeSpan.FromMilliseconds(300));
        Talk(rig, a, 400, 50);
        Quiet(rig, 200);
        Assert.InRange(Assert.Single(Segments(rig), segment => segment.Title.Leg == "a").Length, TimeSpan.FromSeconds(2.2), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Whoever_takes_over_a_leg_begins_a_segment_under_his_own_name()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        rig.Engine.SetTalker(MediaRig.Room, "a", new Talker("one", "hpd"));
        Talk(rig, a, 400, 50);
        rig.Engine.SetTalker(MediaRig.Room, "a", new Talker("two", "hpd"));
        Talk(rig, a, 400, 50);
        Quiet(rig, 200);
        Assert.Equal(["one", "two"], Segments(rig).Where(segment => segment.Title.Leg == "a").Select(segment => segment.Title.Talker!.Name));
    }

    [Fact]
    public async Task A_room_that_closes_while_somebody_talks_has_its_segments()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 100);
        rig.Engine.CloseRoom(MediaRig.Room);
        Quiet(rig, 10);
        Assert.Equal(2, Segments(rig).Count);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_repaired_wherever_it_was_cut()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a", RtpFormat.L16Wide);
        rig.Engine.SetTalker(MediaRig.Room, "a", new Talker("Łódź \"4\" 🚒", "hfd"));
        rig.Engine.Record(MediaRig.Room, true);
        var tone = new Tone(400, rate: 16_000);
        rig.Ticks(10, () => a.Send(tone.Next(320)));
        rig.Recorder.Step();
        var (key, whole) = disk.Files.Select(file => (file.Key, Octets: file.Value.ToArray())).First(file => WaveHead.TryRead(file.Octets, out var title, out _) && title.Leg == "a");
        Assert.True(whole.Length > 5_000);

        for (var cut = 0; cut <= whole.Length; cut += cut is < 1_000 or > 1_100 and < 5_000 ? 7 : 1)
        {
            var left = new MemoryDisk();
            left.Files[key] = new MemoryStream();
            left.Files[key].Write(whole.AsSpan(0, cut));
            using var next = new Recorder(left, rig.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            next.Recover();
            next.Step();
            if (cut < WaveHead.Length + 2)
            {
                Assert.Empty(left.Files);
                Assert.False(next.Finished.TryRead(out _));
                continue;
            }

            Assert.True(next.Finished.TryRead(out var segment), $"cut at {cut}");
            Assert.Equal(("a", "Łódź \"4\" 🚒", (cut - 1024) & ~1), (segment.Title.Leg, segment.Title.Talker!.Name, (int)segment.Octets - 1024));
            Assert.Equal((segment.Octets - 1024) / 2, left.Play(segment).Samples.Length);

            // A second kill, after the repair and before the record had it, changes nothing.
            using var again = new Recorder(left, rig.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            again.Recover();
            again.Step();
            Assert.True(again.Finished.TryRead(out var same));
            Assert.Equal(segment, same);
        }
    }

    [Fact]
    public async Task What_was_heard_more_than_a_fifth_of_a_second_ago_is_with_the_system()
    {
        var disk = new MemoryDisk();
        await using var rig = new MediaRig(recordings: disk);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.Record(MediaRig.Room, true);
        Talk(rig, a, 400, 100);
        using var next = new Recorder(disk, rig.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        next.Recover();
        next.Step();
        for (var i = 0; i < 2; i++)
        {
            Assert.True(next.Finished.TryRead(out var segment));
            Assert.InRange(segment.Length, TimeSpan.FromSeconds(1.75), TimeSpan.FromSeconds(2));
        }
    }

    private static void Talk(MediaRig rig, FarEnd phone, double frequency, int ticks)
    {
        var tone = new Tone(frequency);
        for (var i = 0; i < ticks; i++)
        {
            phone.Send(tone.Next());
            Pass(rig, i);
        }
    }

    private static void Quiet(MediaRig rig, int ticks)
    {
        for (var i = 0; i < ticks; i++) Pass(rig, i);
        rig.Recorder.Step();
    }

    private static void Pass(MediaRig rig, int tick)
    {
        rig.Tick();
        if (tick % 10 == 9) rig.Recorder.Step();
    }

    private static List<Segment> Segments(MediaRig rig)
    {
        var segments = new List<Segment>();
        while (rig.Recorder.Finished.TryRead(out var segment)) segments.Add(segment);
        return segments;
    }

    private static void AssertHolds(MemoryDisk disk, Segment segment, double frequency, double seconds, double but)
    {
        var (samples, rate) = disk.Play(segment);
        Assert.InRange(segment.Length.TotalSeconds, seconds, seconds + (Hang * 0.02) + 0.1);
        var sound = samples.AsSpan(1600, (int)(seconds * rate) - 2400);
        Assert.InRange(Tone.AmplitudeOf(frequency, sound, rate), 7500, 8500);
        Assert.True(Tone.AmplitudeOf(but, sound, rate) < 100);
    }

    private sealed class Refusing : MemoryStream
    {
        public bool Ended { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("The disk is on fire.");

        protected override void Dispose(bool disposing)
        {
            Ended = true;
            base.Dispose(disposing);
        }
    }
}
