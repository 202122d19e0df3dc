using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>Rooms of phones of different codings and bands.</summary>
public sealed class MixedRoomTests
{
    public static TheoryData<RtpFormat> Formats =>
        [.. Enum.GetValues<RtpFormat>().Where(format => AudioCodec.For(format) is not null)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Phones_of_each_coding_hear_those_of_every_other_at_their_level(RtpFormat format)
    {
        await using var rig = new MediaRig();
        var listeners = new List<FarEnd>();
        foreach (var row in Formats) listeners.Add(await rig.AddPhoneAsync($"hears-{row.Data}", row.Data));
        var talker = await rig.AddPhoneAsync("talker", format);
        var voice = new Tone(1000, 8000, Rate(talker));
        rig.Ticks(100, () => talker.Send(voice.Next(talker.Codec.Band.FrameSamples())));

        Assert.All(listeners, listener =>
        {
            Assert.InRange(Tone.AmplitudeOf(1000, listener.LastSecond(), Rate(listener)), 7200, 8800);
            // Opus is no waveform coder: what it adds is not heard as noise.
            Assert.True(Purity(listener, 1000) > (listener.Format.Format == RtpFormat.Opus || format == RtpFormat.Opus ? 6 : 20), $"{listener.Format.Format} hears a purity of {Purity(listener, 1000):F1} dB");
        });
        Assert.True(Tone.AmplitudeOf(1000, talker.LastSecond(), Rate(talker)) < 20, "the talker hears itself");
        Assert.All(listeners.Append(talker), phone => Assert.All(phone.Headers.Zip(phone.Headers.Skip(1)), pair =>
        {
            Assert.Equal(1, pair.Second.Sequence.DistanceFrom(pair.First.Sequence));
            Assert.Equal((uint)phone.Codec.TickClock, pair.Second.Timestamp - pair.First.Timestamp);
        }));
    }

    [Fact]
    public async Task Wideband_sound_gets_to_wideband_phones_and_leaves_nothing_in_narrowband_ones()
    {
        await using var rig = new MediaRig();
        var talker = await rig.AddPhoneAsync("talker", RtpFormat.L16Wide);
        var wide = await rig.AddPhoneAsync("wide", RtpFormat.G722);
        var narrow = await rig.AddPhoneAsync("narrow");
        var voice = new Tone(5000, 8000, 16_000);
        rig.Ticks(100, () => talker.Send(voice.Next(320)));

        Assert.InRange(Tone.AmplitudeOf(5000, wide.LastSecond(), 16_000), 7000, 8800);
        Assert.True(Tone.AmplitudeOf(3000, narrow.LastSecond()) < 8, "5 kHz comes back as 3");
        Assert.True(Rms(narrow.LastSecond()) < 8, $"{Rms(narrow.LastSecond()):F0} are left of it");
    }

    [Theory]
    [InlineData(RtpFormat.G722)]
    [InlineData(RtpFormat.Opus)]
    public async Task A_listener_that_talks_and_listens_again_hears_no_click(RtpFormat format)
    {
        if (AudioCodec.For(format) is null) Assert.Skip("libopus is not here.");
        await using var rig = new MediaRig();
        var talker = await rig.AddPhoneAsync("talker", RtpFormat.L16Wide);
        var other = await rig.AddPhoneAsync("other", format);
        var always = await rig.AddPhoneAsync("always", format);
        var voice = new Tone(500, 8000, 16_000);
        var interjection = new Tone(300, 4000, 16_000);
        // A talks for 4 s, pauses for 2, and again; the other says something in the midst of it, and then once in the pause.
        for (var tick = 0; tick < 600; tick++)
        {
            talker.Send(tick % 300 < 200 ? voice.Next(320) : new short[320]);
            other.Send(tick % 300 is >= 80 and < 100 or >= 260 and < 270 ? interjection.Next(320) : new short[320]);
            rig.Tick();
        }

        // Whoever only listens hears the same talker from the shared encoder alone, and the other's words besides; without them
        // there is one difference left, that of the encoders.
        Assert.Equal(always.Headers.Count, other.Headers.Count);
        Assert.True(Click(other) <= (1.25 * Click(always)) + 100, $"a step of {Click(other)} where the listener's greatest is {Click(always)}");
        Assert.True(rig.Read("other").PacketsOut > 590);
    }

    [Theory]
    [InlineData(RtpFormat.G722, 10)]
    [InlineData(RtpFormat.G722, 30)]
    [InlineData(RtpFormat.G722, 60)]
    [InlineData(RtpFormat.L16Narrow, 60)]
    [InlineData(RtpFormat.L16Wide, 10)]
    [InlineData(RtpFormat.L16Wide, 40)]
    [InlineData(RtpFormat.Opus, 20)]
    [InlineData(RtpFormat.Opus, 40)]
    [InlineData(RtpFormat.Opus, 60)]
    public async Task Each_coding_is_cut_to_the_packet_time_that_is_liked(RtpFormat format, int packetTime)
    {
        if (AudioCodec.For(format) is null) Assert.Skip("libopus is not here.");
        await using var rig = new MediaRig();
        var talker = await rig.AddPhoneAsync("talker", RtpFormat.L16Wide);
        var listener = await rig.AddPhoneAsync("listener", format, packetTime: packetTime);
        var voice = new Tone(400, 8000, 16_000);
        rig.Ticks(150, () => talker.Send(voice.Next(320)));

        Assert.Equal(3000 / packetTime, listener.Headers.Count);
        Assert.Equal(150 * listener.Codec.Band.FrameSamples(), listener.Heard.Count);
        Assert.All(listener.Headers.Zip(listener.Headers.Skip(1)), pair =>
            Assert.Equal((uint)(listener.Codec.ClockRate / 1000 * packetTime), pair.Second.Timestamp - pair.First.Timestamp));
        Assert.InRange(Tone.AmplitudeOf(400, listener.LastSecond(), Rate(listener)), 7400, 8600);
    }

    [Fact]
    public async Task A_phone_that_changes_its_coding_in_the_midst_of_a_word_stays_heard()
    {
        await using var rig = new MediaRig();
        var listener = await rig.AddPhoneAsync("listener", RtpFormat.L16Wide);
        var wide = await rig.AddPhoneAsync("talker", RtpFormat.G722);
        rig.Engine.SetRemote(MediaRig.Room, "talker", MediaRig.RemoteOf(wide) with { Accept = [wide.Format, new PayloadFormat(0, RtpFormat.Pcmu)] });
        var voice = new Tone(500, 8000, 16_000);
        rig.Ticks(50, () => wide.Send(voice.Next(320)));
        var narrowVoice = new Tone(500);
        Span<byte> codes = stackalloc byte[160];
        for (var i = 0; i < 100; i++)
        {
            G711.EncodeMuLaw(narrowVoice.Next(), codes);
            wide.SendPayload(codes, 0);
            rig.Tick();
        }

        Assert.InRange(Tone.AmplitudeOf(500, listener.LastSecond(), 16_000), 7500, 8500);
        Assert.Equal(0, rig.Read("talker").Resyncs);
    }

    private static int Rate(FarEnd phone) => 8000 * phone.Codec.Band.Scale();

    // How far the tone lies above all that is not it, in dB.
    private static double Purity(FarEnd phone, double hertz)
    {
        var heard = phone.LastSecond();
        var tone = Tone.AmplitudeOf(hertz, heard, Rate(phone)) / Math.Sqrt(2);
        var rest = Math.Sqrt(Math.Max(1, (Rms(heard) * Rms(heard)) - (tone * tone)));
        return 20 * Math.Log10(tone / rest);
    }

    private static double Rms(short[] samples) => Math.Sqrt(samples.Average(sample => (double)sample * sample));

    // The greatest second difference: tones of 500 Hz have little, a step has much.
    private static int Click(FarEnd phone)
    {
        var heard = phone.Heard;
        var most = 0;
        for (var i = 3202; i < heard.Count; i++) most = Math.Max(most, Math.Abs(heard[i] - (2 * heard[i - 1]) + heard[i - 2]));
        return most;
    }
}
