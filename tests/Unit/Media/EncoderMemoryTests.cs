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
