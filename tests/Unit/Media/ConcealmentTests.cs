using Interop.Bridges.Media;
using Interop.Bridges.Media.Jitter;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>What is heard of a voice when packets are missing.</summary>
public sealed class ConcealmentTests
{
    private const int Frames = 1500;

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.10)]
    [InlineData(0.20)]
    public void A_voice_with_losses_is_nearer_to_the_whole_one_than_by_repetition_or_silence(double loss)
    {
        var voice = Voice(8000);
        var concealment = new LossConcealment();
        var made = Play(voice, loss, frame => concealment.Fill(frame), frame => concealment.Heard(frame, Band.Narrow));
        var last = new short[AudioFrame.Samples];
        var repeated = Play(voice, loss, frame => last.CopyTo(frame), frame => frame.CopyTo(last));
        var silent = Play(voice, loss, frame => frame.Clear(), _ => { });

        var (ours, repetition, silence) = (SegmentalRatio(voice, made), SegmentalRatio(voice, repeated), SegmentalRatio(voice, silent));
        TestContext.Current.TestOutputHelper?.WriteLine($"loss {loss:P0}: {ours:F1} dB, repetition {repetition:F1}, silence {silence:F1}");
        Assert.True(ours > repetition + 3 && ours > silence + 2, $"{ours:F1} dB, where repetition has {repetition:F1} and silence {silence:F1}");
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(16_000)]
    public void A_hole_begins_and_ends_without_a_click(int rate)
    {
        var band = rate == 8000 ? Band.Narrow : Band.Wide;
        var samples = band.FrameSamples();
        var tone = new Tone(237, 8000, rate);
        var concealment = new LossConcealment();
        List<short> heard = [];
        for (var tick = 0; tick < 40; tick++)
        {
            var frame = tone.Next(samples);
            if (tick is 20 or 21 or 30) concealment.Fill(frame);
            else concealment.Heard(frame, band);
            heard.AddRange(frame);
        }

        // A sample of 237 Hz at 8 kHz differs from the one before by 1,500 at most.
        var step = 0;
        for (var i = 1; i < heard.Count; i++) step = Math.Max(step, Math.Abs(heard[i] - heard[i - 1]));
        Assert.True(step < 2000, $"a step of {step}");
    }

    [Fact]
    public void What_is_made_fades_from_10_ms_on_and_is_silence_at_60()
    {
        var concealment = new LossConcealment();
        var tone = new Tone(200);
        for (var i = 0; i < 5; i++) concealment.Heard(tone.Next(), Band.Narrow);
        var made = new short[4 * AudioFrame.Samples];
        concealment.Fill(made);
        Assert.InRange(Tone.AmplitudeOf(200, made.AsSpan(0, 80)), 7600, 8400);
        Assert.InRange(Tone.AmplitudeOf(200, made.AsSpan(280, 80)), 2800, 4200);
        Assert.All(made.Skip(480), sample => Assert.Equal(0, sample));
    }

    // Vowels: a pitch that glides from 90 to 180 Hz, thirty harmonics under formants that move, in words with pauses.
    private static short[] Voice(int rate)
    {
        var samples = new short[Frames * AudioFrame.Samples];
        double phase = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var seconds = (double)i / rate;
            var pitch = 135 + (45 * Math.Sin(2 * Math.PI * 0.7 * seconds));
            phase += 2 * Math.PI * pitch / rate;
            var first = 500 + (200 * Math.Sin(2 * Math.PI * 1.1 * seconds));
            var second = 1500 + (400 * Math.Sin(2 * Math.PI * 0.9 * seconds));
            var sum = 0.0;
            for (var harmonic = 1; harmonic < 30 && harmonic * pitch < 3800; harmonic++)
            {
                var hertz = harmonic * pitch;
                var level = Math.Exp(-Math.Pow((hertz - first) / 200, 2)) + (0.4 * Math.Exp(-Math.Pow((hertz - second) / 250, 2))) + 0.02;
                sum += level * Math.Sin(harmonic * phase);
            }

            var word = Math.Max(0, Math.Sin(2 * Math.PI * 1.5 * seconds));
            samples[i] = (short)Math.Clamp(4000 * Math.Sqrt(word) * sum, short.MinValue, short.MaxValue);
        }

        return samples;
    }

    private delegate void Change(Span<short> frame);

    private static short[] Play(short[] voice, double loss, Change fill, Change heard)
    {
        var random = new Random(11);
        var played = voice.ToArray();
        for (var frame = 0; frame < Frames; frame++)
        {
            var samples = played.AsSpan(frame * AudioFrame.Samples, AudioFrame.Samples);
            if (random.NextDouble() < loss) fill(samples);
            else heard(samples);
        }

        return played;
    }

    // Of the frames in which there is a difference, and each within 0 to 35 dB, as the measure is usually taken.
    private static double SegmentalRatio(short[] voice, short[] heard)
    {
        List<double> ratios = [];
        for (var at = 0; at < voice.Length; at += AudioFrame.Samples)
        {
            double signal = 1, noise = 1;
            for (var i = at; i < at + AudioFrame.Samples; i++)
            {
                signal += (double)voice[i] * voice[i];
                noise += Math.Pow(voice[i] - heard[i], 2);
            }

            if (noise > 1 && signal > 160 * 100 * 100) ratios.Add(Math.Clamp(10 * Math.Log10(signal / noise), -10, 35));
        }

        return ratios.Average();
    }
}
