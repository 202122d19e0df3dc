using System.Runtime.CompilerServices;

namespace Interop.Bridges.Media.Codecs;

/// <summary>One sub-band of ITU-T G.722: the adaptive predictor and the adaptive step of its quantizer (clause 3.3 to 3.6).</summary>
/// <remarks>
/// The arithmetic is the Recommendation's 16-bit one, saturating where it saturates: encoder and decoder adapt from the same
/// codes, and a single bit of difference lets them drift apart. Names are those of the Recommendation's blocks.
/// </remarks>
internal struct G722Band
{
    private static ReadOnlySpan<short> InverseLog =>
    [
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
    ];

    private Six _differences;
    private Six _zeros;
    private int _partial1;
    private int _partial2;
    private int _reconstructed;
    private int _pole1;
    private int _pole2;
    private int _zeroEstimate;
    private int _logStep;

    public G722Band(int step) => Step = step;

    /// <summary>The predicted sample.</summary>
    public int Estimate { get; private set; }

    /// <summary>The quantizer's step.</summary>
    public int Step { get; private set; }

    /// <summary>Adapts the step (blocks LOGSCL and SCALEL, or LOGSCH and SCALEH).</summary>
    /// <param name="weight">The logarithmic weight of the code that was sent.</param>
    /// <param name="most">The limit of the logarithmic step: 18432 or 22528.</param>
    /// <param name="shift">8 in the lower band, 10 in the higher.</param>
    public void AdaptStep(int weight, int most, int shift)
    {
        _logStep = Math.Clamp(((_logStep * 127) >> 7) + weight, 0, most);
        var mantissa = InverseLog[(_logStep >> 6) & 31];
        var down = shift - (_logStep >> 11);
        Step = (down < 0 ? mantissa << -down : mantissa >> down) << 2;
    }

    /// <summary>Adapts the predictor by the quantized difference, and predicts the next sample (blocks RECONS to PREDIC).</summary>
    public void Predict(int difference)
    {
        var reconstructed = Saturate(Estimate + difference);
        var partial = Saturate(_zeroEstimate + difference);
        AdaptPoles(partial);
        AdaptZeros(difference);
        (_partial2, _partial1) = (_partial1, partial);

        // FILTEP, with the reconstructed signal of one and of two samples ago.
        var poles = Saturate(Product(_pole1, Saturate(reconstructed + reconstructed)) + Product(_pole2, Saturate(_reconstructed + _reconstructed)));
        _reconstructed = reconstructed;
        Estimate = Saturate(poles + _zeroEstimate);
    }

    // UPPOL2 and UPPOL1: the poles follow the signs of the last partial reconstructions, inside the region where they are stable.
    private void AdaptPoles(int partial)
    {
        var same1 = (partial ^ _partial1) >= 0;
        var same2 = (partial ^ _partial2) >= 0;
        var slope = Saturate(_pole1 << 2);
        slope = same1 ? Math.Min(-slope, short.MaxValue) : slope;
        var pole2 = Math.Clamp((same2 ? 128 : -128) + (slope >> 7) + Product(_pole2, 32512), -12288, 12288);
        var bound = 15360 - pole2;
        _pole1 = Math.Clamp(Saturate((same1 ? 192 : -192) + Product(_pole1, 32640)), -bound, bound);
        _pole2 = pole2;
    }

    // UPZERO and FILTEZ in one pass over the six zeros, newest difference first.
    private void AdaptZeros(int difference)
    {
        var gain = difference == 0 ? 0 : 128;
        var sum = 0;
        var newer = difference;
        for (var i = 0; i < Six.Length; i++)
        {
            var older = _differences[i];
            var zero = Saturate(((older ^ difference) >= 0 ? gain : -gain) + Product(_zeros[i], 32640));
            _zeros[i] = zero;
            _differences[i] = newer;
            sum += Product(zero, Saturate(newer + newer));
            newer = older;
        }

        _zeroEstimate = Saturate(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    private static int Product(int first, int second) => (first * second) >> 15;

    [InlineArray(Length)]
    private struct Six
    {
        public const int Length = 6;
        private int _first;
    }
}
