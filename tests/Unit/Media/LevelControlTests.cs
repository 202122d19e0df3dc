using Interop.Bridges.Media;
using Interop.Bridges.Media.Mixing;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class LevelControlTests
{
    // The amplitude of a tone whose power is -23 dBFS.
    private const double Common = 3281;

    [Theory]
    [InlineData(-10)]
    [InlineData(-7)]
    [InlineData(7)]
    [InlineData(10)]
    public void Voices_come_to_one_level(double decibels)
    {
        var level = new LevelControl(automatic: true);
        var heard = Speak(level, Common * Gain.Factor(decibels), 600);
        Assert.InRange(20 * Math.Log10(heard / Common), -0.5, 0.5);
        Assert.False(level.IsUnity);
    }

    [Theory]
    [InlineData(-5.5)]
    [InlineData(0)]
    [InlineData(5.5)]
    public void A_voice_near_the_common_level_passes_bit_for_bit(double decibels)
    {
        var level = new LevelControl(automatic: true);
        var amplitude = Common * Gain.Factor(decibels);
        Assert.InRange(Speak(level, amplitude, 600), amplitude - 1, amplitude + 1);
        Assert.True(level.IsUnity);
    }

    [Fact]
    public void A_whisper_gets_12_dB_at_most_and_never_so_quickly_that_it_is_heard()
    {
        var level = new LevelControl(automatic: true);
        var first = Speak(level, 200, 50);
        Assert.InRange(first, 190, 300);
        Assert.InRange(Speak(level, 200, 800), 780, 805);
    }

    [Fact]
    public void Noise_in_a_pause_is_not_drawn_up()
    {
        var level = new LevelControl(automatic: true);
        Speak(level, Common, 300);
        var noise = Speak(level, 60, 500);
        Assert.InRange(noise, 55, 65);
        Assert.True(level.IsUnity);
    }

    [Fact]
    public void A_shout_after_a_whisper_is_bounded_at_once()
    {
        var level = new LevelControl(automatic: false) { Set = 20 };
        var frame = Frame(new Tone(400, 300));
        level.Apply(frame, talking: true);
        frame = Frame(new Tone(400, 20_000));
        level.Apply(frame, talking: true);
        Assert.All(frame.Own.ToArray(), sample => Assert.InRange(sample, -32_100, 32_100));
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(-40, -20)]
    [InlineData(6, 6)]
    public void What_is_set_is_bounded_to_20_dB_either_way(double asked, double set) =>
        Assert.Equal(set, new LevelControl(automatic: false) { Set = asked }.Set);

    [Fact]
    public async Task A_gain_is_heard_by_the_others_from_the_next_tick_on()
    {
        await using var rig = new MediaRig();
        var talker = await rig.AddPhoneAsync("talker");
        var listener = await rig.AddPhoneAsync("listener");
        var voice = new Tone(400, 1000);
        Assert.True(rig.Engine.SetGain(MediaRig.Room, "talker", 12));
        rig.Ticks(60, () => talker.Send(voice.Next()));
        Assert.InRange(Tone.AmplitudeOf(400, listener.LastSecond()), 3800, 4200);
    }

    private static double Speak(LevelControl level, double amplitude, int frames)
    {
        var tone = new Tone(400, amplitude);
        TwoBandFrame frame = Frame(tone);
        for (var i = 0; i < frames; i++)
        {
            frame = Frame(tone);
            level.Apply(frame, talking: true);
        }

        return Tone.AmplitudeOf(400, frame.Own);
    }

    private static TwoBandFrame Frame(Tone tone)
    {
        var frame = new TwoBandFrame();
        tone.Next().CopyTo(frame.Own);
        return frame;
    }
}
