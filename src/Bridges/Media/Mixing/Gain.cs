namespace Interop.Bridges.Media.Mixing;

/// <summary>Multiplies samples by a gain that goes evenly from one value to another, so that a change makes no step.</summary>
internal static class Gain
{
    /// <summary>The factor of a gain in dB.</summary>
    public static float Factor(double decibels) => (float)Math.Pow(10, decibels / 20);

    /// <summary>Changes the samples in place; beyond full scale they are cut, never wrapped.</summary>
    public static void Apply(Span<short> samples, float from, float to)
    {
        var step = (to - from) / samples.Length;
        for (var i = 0; i < samples.Length; i++)
        {
            from += step;
            samples[i] = (short)Math.Clamp(MathF.Round(samples[i] * from), short.MinValue, short.MaxValue);
        }
    }
}
