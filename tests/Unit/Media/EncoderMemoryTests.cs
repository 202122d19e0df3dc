using Interop.Bridges.Media.Codecs;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>What a far end's decoder makes of it when another encoder goes on with its stream.</summary>
public sealed class EncoderMemoryTests
{
    [Theory]
    [InlineData(RtpFormat.G722)]
    [InlineData(RtpFormat.Opus)]
    public void An_encoder_that_takes_the_memory_of_another_with_it_goes_on_without_any_difference(RtpFormat format) =>
        Assert.Equal(0, Difference(format, (codec, before) =>
        {
            var taken = codec.CreateEncoder();
            taken.CopyFrom(before);
            return taken;
        }));

    [Fact]
    public void An_encoder_without_it_would_click() => Assert.True(Difference(RtpFormat.G722, (codec, _) => codec.CreateEncoder()) > 1000);

    [Fact]
    public void Opus_makes_a_lost_packet_of_what_the_next_one_tells_of_it_better_than_of_nothing()
    {
        if (AudioCodec.For(RtpFormat.Opus) is not { } codec)
        {
            Assert.Skip("libopus is not here.");
            return;
        }

        // A pitch that jumps with the lost packet: the one before it tells nothing of it.
        var (told, alone, whole) = (codec.CreateDecoder(), codec.CreateDecoder(), codec.CreateDecoder());
        var encoder = codec.CreateEncoder();
        var payloads = new List<byte[]>();
        var (low, high) = (new Tone(300, 6000, 16_000), new Tone(700, 6000, 16_000));
        var buffer = new byte[AudioCodec.LongestTick];
        for (var i = 0; i < 60; i++) payloads.Add(buffer.AsSpan(0, encoder.Encode((i < 50 ? low : high).Next(320), buffer)).ToArray());
        short[] expected = new short[320], corrected = new short[320], concealed = new short[320];
        for (var i = 0; i < 52; i++)
        {
            whole.Decode(payloads[i], expected);
            if (i == 51) break;
            told.Decode(payloads[i], corrected);
            alone.Decode(payloads[i], concealed);
        }

        Assert.Equal(320, told.Recover(payloads[52], corrected));
        Assert.Equal(320, alone.Recover(default, concealed));
        Assert.True(Tone.AmplitudeOf(700, corrected, 16_000) > 0.5 * Tone.AmplitudeOf(700, expected, 16_000), "the next packet told nothing");
        Assert.True(Error(expected, corrected) < Error(expected, concealed), $"{Error(expected, corrected):F0} with, {Error(expected, concealed):F0} without");
    }

    private static double Error(short[] expected, short[] made) => Math.Sqrt(expected.Zip(made, (a, b) => Math.Pow(a - b, 2)).Average());

    // The greatest difference from what the first encoder would have had the decoder say.
    private static int Difference(RtpFormat format, Func<AudioCodec, AudioEncoder, AudioEncoder> next)
    {
        if (AudioCodec.For(format) is not { } codec)
        {
            Assert.Skip("libopus is not here.");
            return 0;
        }

        var tone = new Tone(500, 8000, 16_000);
        var goesOn = codec.CreateEncoder();
        var (expected, heard) = (codec.CreateDecoder(), codec.CreateDecoder());
        short[] first = new short[320], second = new short[320];
        var payload = new byte[AudioCodec.LongestTick];
        AudioEncoder? other = null;
        var most = 0;
        for (var tick = 0; tick < 100; tick++)
        {
            var frame = tone.Next(320);
            if (tick == 50) other = next(codec, goesOn);
            expected.Decode(payload.AsSpan(0, goesOn.Encode(frame, payload)), first);
            heard.Decode(other is null ? payload.AsSpan(0, Length(codec)) : payload.AsSpan(0, other.Encode(frame, payload)), second);
            for (var i = 0; i < first.Length; i++) most = Math.Max(most, Math.Abs(first[i] - second[i]));
        }

        return most;
    }

    private static int Length(AudioCodec codec) => codec.OctetsPerClock == 0 ? 80 : 160;
}
