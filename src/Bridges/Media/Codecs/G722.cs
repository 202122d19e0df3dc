namespace Interop.Bridges.Media.Codecs;

/// <summary>The tables of ITU-T G.722 that both directions use, and its filter of two channels.</summary>
internal static class G722
{
    public const int LowestStep = 32;
    public const int LowestHighStep = 8;
    private const int MostLogStep = 18_432;
    private const int MostHighLogStep = 22_528;

    /// <summary>Table 11: the quadrature mirror filter, every second coefficient; the other half is the same backwards.</summary>
    private static ReadOnlySpan<int> Mirror => [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

    private static ReadOnlySpan<int> MirrorBack => [-11, 53, -156, 362, -805, 3876, 951, -210, 32, 12, -11, 3];

    /// <summary>Table 17: the lower band's quantizer at 4 bits, by which both ends adapt, so that the two lowest bits may be lost.</summary>
    public static ReadOnlySpan<short> Quantized4 =>
        [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];

    /// <summary>Table 20: the higher band's quantizer.</summary>
    private static ReadOnlySpan<short> Quantized2 => [-7408, -1616, 7408, 1616];

    private static ReadOnlySpan<short> LowWeight => [-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60];

    private static ReadOnlySpan<short> HighWeight => [798, -214, 798, -214];

    /// <summary>What both ends do with the lower band's code.</summary>
    public static void AdaptLow(ref G722Band band, int code)
    {
        var four = code >> 2;
        var difference = (band.Step * Quantized4[four]) >> 15;
        band.AdaptStep(LowWeight[four], MostLogStep, shift: 8);
        band.Predict(difference);
    }

    /// <summary>What both ends do with the higher band's code; returns the difference that it means.</summary>
    public static int AdaptHigh(ref G722Band band, int code)
    {
        var difference = (band.Step * Quantized2[code]) >> 15;
        band.AdaptStep(HighWeight[code], MostHighLogStep, shift: 10);
        band.Predict(difference);
        return difference;
    }

    /// <summary>The two phases of the filter over 24 values, of which those at even places pass the one and those at odd places the other.</summary>
    public static (int Even, int Odd) Filter(ReadOnlySpan<int> even, ReadOnlySpan<int> odd) => (Dot(even, Mirror), Dot(odd, MirrorBack));

    private static int Dot(ReadOnlySpan<int> values, ReadOnlySpan<int> coefficients)
    {
        var sum = 0;
        for (var i = 0; i < coefficients.Length; i++) sum += values[i] * coefficients[i];
        return sum;
    }
}
