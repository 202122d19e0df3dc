using CsCheck;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Jitter;
using Interop.Bridges.Media.Mixing;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class MixingTests
{
    private static readonly Gen<short[]> s_frame = Gen.Short.Array[AudioFrame.Samples];

    [Fact]
    public void Each_mix_is_exactly_the_saturated_sum_of_the_others() =>
        s_frame.Array[1, 8].Sample(frames =>
        {
            var mixer = new Mixer();
            mixer.Clear();
            foreach (var frame in frames) mixer.Add(frame);
            var mix = new short[AudioFrame.Samples];
            mixer.All(mix);
            for (var i = 0; i < mix.Length; i++) Assert.Equal(Saturated(frames.Sum(frame => (int)frame[i])), mix[i]);
            foreach (var own in frames)
            {
                mixer.AllBut(own, mix);
                for (var i = 0; i < mix.Length; i++) Assert.Equal(Saturated(frames.Sum(frame => (int)frame[i]) - own[i]), mix[i]);
            }
        }, iter: 200);

    [Fact]
    public void Loud_talkers_saturate_and_never_wrap()
    {
        var loud = new short[AudioFrame.Samples];
        loud.AsSpan().Fill(short.MinValue);
        var mixer = new Mixer();
        for (var i = 0; i < 100; i++) mixer.Add(loud);
        var mix = new short[AudioFrame.Samples];
        mixer.AllBut(loud, mix);
        Assert.All(mix, sample => Assert.Equal(short.MinValue, sample));
    }

    [Fact]
    public void A_talker_is_detected_within_the_frame_and_held_for_500_ms()
    {
        var detector = new TalkerDetector();
        for (var i = 0; i < 50; i++) Assert.False(detector.Hear(new short[AudioFrame.Samples]));
        Assert.True(detector.Hear(new Tone(300, 500).Next()));
        for (var i = 0; i < 24; i++) Assert.True(detector.Hear(new short[AudioFrame.Samples]), $"frame {i} of the hang");
        Assert.False(detector.Hear(new short[AudioFrame.Samples]));
    }

    [Fact]
    public void A_steady_tone_stays_talk_and_steady_noise_becomes_floor()
    {
        TalkerDetector loud = new(), noisy = new();
        Tone tone = new(1000, 3000);
        var random = new Random(3);
        var noise = new short[AudioFrame.Samples];
        for (var i = 0; i < 3000; i++)
        {
            Assert.True(loud.Hear(tone.Next()));
            for (var sample = 0; sample < noise.Length; sample++) noise[sample] = (short)random.Next(-150, 150);
            noisy.Hear(noise);
        }

        Assert.False(noisy.Talking);
        Assert.True(noisy.Hear(new Tone(300, 1500).Next()), "speech above the noise is still talk");
    }

    [Fact]
    public void Concealment_repeats_and_is_gone_after_60_ms()
    {
        var concealment = new LossConcealment();
        Tone tone = new(400);
        concealment.Heard(tone.Next(), Band.Narrow);
        var made = new short[5 * AudioFrame.Samples];
        concealment.Fill(made);
        Assert.InRange(Tone.AmplitudeOf(400, made.AsSpan(0, 160)), 5500, 8000);
        Assert.InRange(Tone.AmplitudeOf(400, made.AsSpan(320, 160)), 500, 2500);
        Assert.All(made.Skip(480), sample => Assert.Equal(0, sample));
    }

    private static short Saturated(int sum) => (short)Math.Clamp(sum, short.MinValue, short.MaxValue);
}
