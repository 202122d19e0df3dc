using System.Numerics;

namespace Interop.Bridges.Media.Mixing;

/// <summary>Brings one talker's frames from 8 to 16 kHz, or from 16 to 8: a half-band filter, of which every second coefficient is zero.</summary>
/// <remarks>
/// Flat within 0.1 dB up to 3.4 kHz, and 60 dB down from 4.6 kHz on; between them lies what telephone speech does not have. It
/// delays by 15.5 samples of 8 kHz, 1.9 ms. Owned by the tick thread; it allocates nothing.
/// </remarks>
internal sealed class HalfBand
{
    /// <summary>How many coefficients of each side are not zero.</summary>
    private const int Reach = 16;

    private const int Taps = 2 * Reach;
    private const double Shape = 5.6;
    private static readonly float[] s_taps = MakeTaps();

    // The samples that the filter still needs of the frame before stand in front of those of this frame.
    private readonly float[] _filtered = new float[Taps - 1 + AudioFrame.Samples];
    private readonly float[] _passed = new float[Reach + AudioFrame.Samples];
    private readonly float[] _out = new float[AudioFrame.Samples];

    /// <summary>Forgets what was before: a talker begins after silence.</summary>
    public void Reset()
    {
        Array.Clear(_filtered);
        Array.Clear(_passed);
    }

    /// <summary>Makes 320 samples of 160.</summary>
    public void Up(ReadOnlySpan<short> narrow, Span<short> wide)
    {
        for (var i = 0; i < narrow.Length; i++) _filtered[Taps - 1 + i] = narrow[i];
        Filter(scale: 2);
        for (var i = 0; i < narrow.Length; i++)
        {
            wide[2 * i] = Round(_out[i]);
            // Of the other phase only the middle coefficient is not zero: those samples are the old ones.
            wide[(2 * i) + 1] = (short)_filtered[Reach + i];
        }

        Slide();
    }

    /// <summary>Makes 160 samples of 320.</summary>
    public void Down(ReadOnlySpan<short> wide, Span<short> narrow)
    {
        for (var i = 0; i < narrow.Length; i++)
        {
            _filtered[Taps - 1 + i] = wide[2 * i];
            _passed[Reach + i] = wide[(2 * i) + 1];
        }

        Filter(scale: 1);
        for (var i = 0; i < narrow.Length; i++) narrow[i] = Round(_out[i] + (0.5f * _passed[i]));
        Slide();
    }

    // Eight or more outputs at a time: each coefficient meets a stretch of inputs, and nothing is summed across a vector.
    private void Filter(float scale)
    {
        for (var at = 0; at < _out.Length; at += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var tap = 0; tap < Taps; tap++) sum += s_taps[tap] * new Vector<float>(_filtered, at + tap);
            (sum * scale).CopyTo(_out, at);
        }
    }

    private void Slide()
    {
        _filtered.AsSpan(AudioFrame.Samples).CopyTo(_filtered);
        _passed.AsSpan(AudioFrame.Samples).CopyTo(_passed);
    }

    private static short Round(float sample) => (short)Math.Clamp(MathF.Round(sample), short.MinValue, short.MaxValue);

    // A sinc of half the band under a Kaiser window; only its odd places, of which there is an even number.
    private static float[] MakeTaps()
    {
        var taps = new double[Taps];
        for (var i = 0; i < Taps; i++)
        {
            var place = (2 * i) - (Taps - 1);
            var relative = place / (double)Taps;
            taps[i] = Math.Sin(Math.PI * place / 2) / (Math.PI * place) * Bessel(Shape * Math.Sqrt(1 - (relative * relative))) / Bessel(Shape);
        }

        var sum = taps.Sum();
        return [.. taps.Select(tap => (float)(tap / sum / 2))];
    }

    // The modified Bessel function of order zero.
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; k < 30; k++) sum += term *= x * x / (4.0 * k * k);
        return sum;
    }
}
