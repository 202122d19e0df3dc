using Interop.Bridges.Media.Mixing;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class HalfBandTests
{
    private const int Wide = 16_000;
    private const double Amplitude = 16_000;

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(3000)]
    [InlineData(3400)]
    public void Telephone_sound_passes_flat_within_a_tenth_of_a_decibel_both_ways(double hertz)
    {
        Assert.InRange(Decibel(Tone.AmplitudeOf(hertz, Up(new Tone(hertz, Amplitude)), Wide)), -0.1, 0.1);
        Assert.InRange(Decibel(Tone.AmplitudeOf(hertz, Down(new Tone(hertz, Amplitude, Wide)))), -0.1, 0.1);
    }

    [Theory]
    [InlineData(4600)]
    [InlineData(5000)]
    [InlineData(6000)]
    [InlineData(7500)]
    public void What_telephones_cannot_have_does_not_come_back_as_another_tone(double hertz)
    {
        var narrow = Down(new Tone(hertz, Amplitude, Wide));
        Assert.InRange(Decibel(Tone.AmplitudeOf(8000 - hertz, narrow)), -200, -60);
        Assert.True(Decibel(Math.Sqrt(2) * Rms(narrow)) < -60, $"{Decibel(Math.Sqrt(2) * Rms(narrow)):F1} dB are left of {hertz} Hz");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(3400)]
    public void Going_up_makes_no_image(double hertz) =>
        Assert.InRange(Decibel(Tone.AmplitudeOf(8000 - hertz, Up(new Tone(hertz, Amplitude)), Wide)), -200, -60);

    [Fact]
    public void Full_scale_saturates_and_never_wraps()
    {
        var halfBand = new HalfBand();
        var narrow = new short[160];
        var wide = new short[320];
        for (var i = 0; i < narrow.Length; i++) narrow[i] = i / 4 % 2 == 0 ? short.MaxValue : short.MinValue;
        halfBand.Up(narrow, wide);
        halfBand.Up(narrow, wide);
        for (var i = 1; i < wide.Length; i += 2)
            Assert.True(Math.Abs(wide[i] - wide[i - 1]) < 60_000, $"sample {i} wrapped");
    }

    // The last half second of one, so that the filter has settled.
    private static short[] Up(Tone tone)
    {
        var halfBand = new HalfBand();
        var wide = new short[320];
        List<short> all = [];
        for (var i = 0; i < 50; i++)
        {
            halfBand.Up(tone.Next(), wide);
            all.AddRange(wide);
        }

        return [.. all.Skip(8000)];
    }

    private static short[] Down(Tone tone)
    {
        var halfBand = new HalfBand();
        var narrow = new short[160];
        List<short> all = [];
        for (var i = 0; i < 50; i++)
        {
            halfBand.Down(tone.Next(320), narrow);
            all.AddRange(narrow);
        }

        return [.. all.Skip(4000)];
    }

    private static double Decibel(double amplitude) => 20 * Math.Log10(Math.Max(amplitude, 0.01) / Amplitude);

    private static double Rms(short[] samples) => Math.Sqrt(samples.Average(sample => (double)sample * sample));
}
