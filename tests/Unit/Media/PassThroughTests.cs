using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Prompts;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>A lone talker's packets are passed on; the mixer takes over and gives back without a click, a gap or a jump.</summary>
public sealed class PassThroughTests
{
    // Whole periods in 20 ms, so that any two frames of it join without a step.
    private const double Voice = 400;
    private const double Other = 650;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);
    private static readonly short[] s_silence = new short[AudioFrame.Samples];

    [Fact]
    public async Task A_lone_talkers_packet_is_with_the_listeners_at_the_next_poll_bit_for_bit()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        var voice = new Tone(Voice);
        rig.Ticks(20, () => talker.Send(voice.Next()));
        var (before, frame) = (listener.Heard.Count, voice.Next());
        talker.Send(frame);
        Poll(rig);

        Assert.Equal(before + AudioFrame.Samples, listener.Heard.Count);
        var sent = new byte[AudioFrame.Samples];
        var expected = new short[AudioFrame.Samples];
        AudioCodec.Pcmu.CreateEncoder().Encode(frame, sent);
        AudioCodec.Pcmu.CreateDecoder().Decode(sent, expected);
        Assert.Equal(expected, listener.Heard.Skip(before));
    }

    [Fact]
    public async Task Nothing_that_is_said_is_lost_or_heard_twice_when_a_voice_begins_and_ends()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        // Each frame of a word has its own level, so that it can be counted.
        for (var word = 0; word < 5; word++)
        {
            var heard = listener.Heard.Count;
            for (var i = 0; i < 30; i++) Say(rig, talker, new Tone(400, 6000 + (200 * i)).Next());
            for (var i = 0; i < 60; i++) Say(rig, talker, s_silence);
            var levels = listener.Heard.Skip(heard).Chunk(AudioFrame.Samples).Select(frame => Tone.AmplitudeOf(400, frame)).Where(level => level > 3000).ToArray();
            Assert.Equal(30, levels.Length);
            for (var i = 0; i < 30; i++) Assert.Equal(6000 + (200 * i), levels[i], 180.0);
        }

        AssertGoesOn(listener);
        Assert.InRange(listener.Headers.Count - (5 * 90), 0, 25);
    }

    [Theory]
    [InlineData(Voice)]
    [InlineData(437)]
    [InlineData(281)]
    public async Task A_second_talker_is_heard_from_its_first_frame_and_the_first_is_made_up_for_two_at_most(double pitch)
    {
        await using var rig = new MediaRig();
        var (talker, listener, second) = await Three(rig);
        Tone voice = new(pitch), other = new(Other);
        for (var i = 0; i < 30; i++) Say(rig, (talker, voice.Next()), (second, s_silence));
        var (concealed, from, said) = (rig.Read("talker").Concealed, listener.Heard.Count, 0);
        for (; said < 50; said++) Say(rig, (talker, voice.Next()), (second, other.Next()));

        Assert.InRange(rig.Read("talker").Concealed - concealed, 1, 2);
        var heard = listener.Heard.Skip(from).ToArray();
        Assert.Equal(said - 1, heard.Chunk(AudioFrame.Samples).Count(frame => Tone.AmplitudeOf(Other, frame) > 6000), 1.0);
        // What is made up moves the voice by its length; from then on it is as it was said.
        Assert.All(heard.Chunk(AudioFrame.Samples).Take(3), frame => Assert.InRange(Math.Sqrt(frame.Average(sample => (double)sample * sample)), 4500, 9000));
        Assert.All(heard[(3 * AudioFrame.Samples)..(48 * AudioFrame.Samples)].Chunk(5 * AudioFrame.Samples), frames => Assert.InRange(Tone.AmplitudeOf(pitch, frames), 7000, 8600));
        AssertNoStep(listener, 2 * 8000);
        AssertGoesOn(listener);
        AssertGoesOn(talker);
        Assert.True(Tone.AmplitudeOf(pitch, talker.LastSecond()) < 50, "the talker hears itself");
        Assert.InRange(Tone.AmplitudeOf(pitch, second.LastSecond()), 7200, 8500);
    }

    [Fact]
    public async Task It_is_handed_back_in_a_pause_and_not_before()
    {
        await using var rig = new MediaRig();
        var (talker, listener, second) = await Three(rig);
        Tone voice = new(Voice), other = new(Other);
        for (var i = 0; i < 20; i++) Say(rig, (talker, voice.Next()), (second, other.Next()));
        for (var i = 0; i < 100; i++) Say(rig, (talker, voice.Next()), (second, s_silence));
        Assert.False(IsPassed(rig, talker, listener, voice.Next()), "it was handed back while he spoke");

        for (var i = 0; i < 12; i++) Say(rig, talker, s_silence);
        Assert.True(IsPassed(rig, talker, listener, s_silence), "it was not handed back in his pause");
        for (var i = 0; i < 10; i++) Say(rig, talker, voice.Next());
        Assert.True(IsPassed(rig, talker, listener, voice.Next()), "his next word is mixed");
        AssertNoStep(listener, 8000 + 8000);
        AssertGoesOn(listener);
    }

    [Fact]
    public async Task Turns_of_hours_leave_no_lead_with_anybody()
    {
        await using var rig = new MediaRig();
        var (talker, listener, second) = await Three(rig);
        Tone voice = new(Voice), other = new(Other);
        for (var turn = 0; turn < 60; turn++)
        {
            for (var i = 0; i < 30; i++) Say(rig, (talker, voice.Next()), (second, s_silence));
            for (var i = 0; i < 10; i++) Say(rig, (talker, voice.Next()), (second, other.Next()));
            for (var i = 0; i < 40; i++) Say(rig, (talker, s_silence), (second, s_silence));
        }

        var ticks = (60 * 80) + 10;
        Assert.InRange(listener.Headers.Count, ticks - 5, ticks + 5);
        AssertGoesOn(listener);
        AssertNoStep(listener, 2 * 8000);
    }

    [Fact]
    public async Task Overs_that_end_by_packets_that_stop_leave_no_lead_either()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        var voice = new Tone(Voice);
        for (var over = 0; over < 60; over++)
        {
            rig.Ticks(30, () => talker.Send(voice.Next()));
            rig.Ticks(60);
            talker.Timestamp += 60 * 160;
        }

        var ticks = (60 * 90) + 10;
        Assert.Equal((ticks - 1) * 160.0, listener.Headers[^1].Timestamp - listener.Headers[0].Timestamp, 4 * 160.0);
        Assert.All(listener.Headers.Zip(listener.Headers.Skip(1)), pair =>
        {
            Assert.Equal(1, pair.Second.Sequence.DistanceFrom(pair.First.Sequence));
            Assert.InRange(pair.Second.Timestamp - pair.First.Timestamp, 160u, 6 * 160u);
        });
    }

    [Fact]
    public async Task A_prompt_right_after_a_voice_is_heard_whole()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        var voice = new Tone(Voice);
        rig.Ticks(30, () => talker.Send(voice.Next()));
        rig.Ticks(13, () => talker.Send(s_silence));
        var prompt = rig.Engine.PlayAsync(MediaRig.Room, "listener", [new PromptAudio(new Tone(Other).Next(50 * AudioFrame.Samples))]);
        var heard = listener.Heard.Count;
        rig.Ticks(80, () => talker.Send(s_silence));

        Assert.Equal(PromptEnd.Played, await prompt);
        Assert.Equal(50, listener.Heard.Skip(heard).Chunk(AudioFrame.Samples).Count(frame => Tone.AmplitudeOf(Other, frame) > 6000));
    }

    [Fact]
    public async Task Those_who_cannot_take_it_hear_the_mixer_beside_those_who_can()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        var law = await rig.AddPhoneAsync("law", RtpFormat.Pcma);
        var slow = await rig.AddPhoneAsync("slow", packetTime: 40);
        var wide = await rig.AddPhoneAsync("wide", RtpFormat.G722);
        var voice = new Tone(Voice);
        for (var i = 0; i < 100; i++) Say(rig, talker, voice.Next());

        foreach (var phone in (FarEnd[])[listener, law, slow])
            Assert.InRange(Tone.AmplitudeOf(Voice, phone.LastSecond()), 7500, 8500);
        Assert.InRange(Tone.AmplitudeOf(Voice, wide.LastSecond(), 16_000), 7500, 8500);
        Assert.True(IsPassed(rig, talker, listener, voice.Next()));
    }

    [Fact]
    public async Task Whoever_comes_while_somebody_speaks_gets_the_packets_too()
    {
        await using var rig = new MediaRig();
        var (talker, _, _) = await Three(rig);
        var voice = new Tone(Voice);
        for (var i = 0; i < 50; i++) Say(rig, talker, voice.Next());
        var late = await rig.AddPhoneAsync("late");
        for (var i = 0; i < 50; i++) Say(rig, talker, voice.Next());

        Assert.True(IsPassed(rig, talker, late, voice.Next()));
        AssertNoStep(late, 8000);
        AssertGoesOn(late);
    }

    [Fact]
    public async Task A_talker_that_is_muted_or_has_a_gain_is_not_passed_on_from_the_next_packet_on()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        var voice = new Tone(Voice);
        rig.Ticks(20, () => talker.Send(voice.Next()));
        rig.Engine.SetMode(MediaRig.Room, "talker", LegMode.Listen);
        Assert.False(IsPassed(rig, talker, listener, voice.Next()));
        rig.Ticks(10, () => talker.Send(voice.Next()));
        Assert.True(Tone.AmplitudeOf(Voice, listener.Heard.TakeLast(5 * AudioFrame.Samples).ToArray()) < 20);

        rig.Engine.SetMode(MediaRig.Room, "talker", LegMode.Talk);
        rig.Engine.SetGain(MediaRig.Room, "talker", -6);
        rig.Ticks(60, () => talker.Send(voice.Next()));
        Assert.InRange(Tone.AmplitudeOf(Voice, listener.LastSecond()), 3800, 4200);
        Assert.False(IsPassed(rig, talker, listener, voice.Next()));
    }

    [Fact]
    public async Task A_keys_tone_is_not_passed_on()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        Tone voice = new(Voice), low = new(770), high = new(1336);
        rig.Ticks(20, () => talker.Send(voice.Next()));
        var heard = listener.Heard.Count;
        rig.Ticks(20, () => talker.Send([.. low.Next().Zip(high.Next(), (a, b) => (short)((a + b) / 2))]));

        Assert.Contains(rig.Reports, report => report is { Kind: MediaReportKind.Key, Key: '5' });
        Assert.All(listener.Heard.Skip(heard).Chunk(AudioFrame.Samples), frame => Assert.True(Tone.AmplitudeOf(770, frame) < 600, "a key is heard"));
    }

    [Fact]
    public async Task What_was_lost_on_its_way_to_us_is_missing_for_the_listener_by_its_number()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        var voice = new Tone(Voice);
        rig.Ticks(30, () => talker.Send(voice.Next()));
        var headers = listener.Headers.Count;
        talker.Lose();
        voice.Next();
        rig.Tick();
        rig.Ticks(10, () => talker.Send(voice.Next()));

        var steps = listener.Headers.Skip(headers - 1).Zip(listener.Headers.Skip(headers), (first, second) => (second.Sequence.DistanceFrom(first.Sequence), second.Timestamp - first.Timestamp)).ToArray();
        Assert.Single(steps, step => step == (2, 320u));
        Assert.All(steps.Where(step => step.Item1 != 2), step => Assert.Equal((1, 160u), step));
    }

    [Fact]
    public async Task A_talker_whose_packets_stop_leaves_no_hole_in_the_numbers_and_marks_the_pause()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        var voice = new Tone(Voice);
        rig.Ticks(30, () => talker.Send(voice.Next()));
        rig.Ticks(60);
        talker.Timestamp += 60 * 160;
        rig.Ticks(30, () => talker.Send(voice.Next()));

        Assert.All(listener.Headers.Zip(listener.Headers.Skip(1)), pair => Assert.Equal(1, pair.Second.Sequence.DistanceFrom(pair.First.Sequence)));
        Assert.Equal(130 * 160.0, listener.Headers[^1].Timestamp - listener.Headers[0].Timestamp, 6 * 160.0);
        Assert.True(IsPassed(rig, talker, listener, voice.Next()));
    }

    [Fact]
    public async Task A_path_that_changes_the_order_is_left_to_the_jitter_buffer()
    {
        await using var rig = new MediaRig();
        var (talker, listener, _) = await Three(rig);
        var voice = new Tone(Voice);
        rig.Ticks(30, () => talker.Send(voice.Next()));
        // The first of two comes after the second.
        var (first, sequence, timestamp) = (voice.Next(), talker.Sequence, talker.Timestamp);
        talker.Lose();
        talker.Send(voice.Next());
        rig.Tick();
        var (nextSequence, nextTimestamp) = (talker.Sequence, talker.Timestamp);
        (talker.Sequence, talker.Timestamp) = (sequence, timestamp);
        talker.Send(first);
        (talker.Sequence, talker.Timestamp) = (nextSequence, nextTimestamp);
        rig.Ticks(30, () => talker.Send(s_silence));

        Assert.False(IsPassed(rig, talker, listener, s_silence));
    }

    private static async Task<(FarEnd Talker, FarEnd Listener, FarEnd Second)> Three(MediaRig rig)
    {
        var phones = (await rig.AddPhoneAsync("talker"), await rig.AddPhoneAsync("listener"), await rig.AddPhoneAsync("second"));
        rig.Ticks(10);
        return phones;
    }

    private static void Say(MediaRig rig, FarEnd phone, short[] frame)
    {
        phone.Send(frame);
        rig.Tick();
    }

    private static void Say(MediaRig rig, (FarEnd Phone, short[] Frame) one, (FarEnd Phone, short[] Frame) another)
    {
        one.Phone.Send(one.Frame);
        Say(rig, another.Phone, another.Frame);
    }

    private static void Poll(MediaRig rig)
    {
        rig.Time.Advance(s_poll);
        rig.Engine.Step();
        foreach (var phone in rig.Phones) phone.Receive();
    }

    /// <summary>Whether the next packet is with the listener before the tick.</summary>
    private static bool IsPassed(MediaRig rig, FarEnd talker, FarEnd listener, short[] frame)
    {
        var before = listener.Headers.Count;
        talker.Send(frame);
        Poll(rig);
        var passed = listener.Headers.Count > before;
        for (var i = 0; i < 3; i++) Poll(rig);
        return passed;
    }

    private static void AssertGoesOn(FarEnd phone) => Assert.All(phone.Headers.Zip(phone.Headers.Skip(1)), pair =>
    {
        Assert.Equal(1, pair.Second.Sequence.DistanceFrom(pair.First.Sequence));
        Assert.Equal(160u, pair.Second.Timestamp - pair.First.Timestamp);
    });

    /// <summary>A click is a step between two samples that no tone of these has.</summary>
    private static void AssertNoStep(FarEnd phone, double amplitude)
    {
        var most = amplitude * 2 * Math.PI * Other / AudioFrame.SampleRate * 1.1;
        for (var i = 1; i < phone.Heard.Count; i++)
            Assert.True(Math.Abs(phone.Heard[i] - phone.Heard[i - 1]) <= most, $"a step of {phone.Heard[i] - phone.Heard[i - 1]} at {i}, frame {i / 160}, sample {i % 160}");
    }
}
