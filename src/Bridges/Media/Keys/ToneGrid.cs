using System.Numerics;
using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Keys;

/// <summary>What a stretch of audio has of the two tones of a key.</summary>
/// <param name="Key">The key whose tones are strongest; '\0' when they are not a pair as ITU-T Q.23 and Q.24 want it.</param>
internal readonly record struct TonePair(char Key)
{
    public bool IsKey => Key != '\0';
}

/// <summary>Holds audio against the eight tones of ITU-T Q.23 by correlation.</summary>
/// <remarks>
/// Each tone is also tried 1.2 % beside its frequency, so that a sender that is off by the 1.5 % of Q.24 is heard in full,
/// while one that is off by 3.5 % is not. Tables are made once and shared.
/// </remarks>
internal static class ToneGrid
{
    /// <summary>Lengths that can be measured are multiples of this.</summary>
    public const int Step = 16;

    private const string Characters = "123A456B789C*0#D";
    private const int Tones = 8;
    private const int Rows = 4;
    private const int Detunings = 3;
    private const float Detuning = 0.012f;

    // Of all the energy, what the two tones must be. Speech hardly ever is, and clipped or noisy tones still are.
    private const float Dominance = 0.85f;
    private const float HintOfDominance = 0.4f;

    // Q.24 lets administrations ask for up to 8 dB between the tones.
    private const float MostTwist = 7.0f;

    // -38 dBm0 for the weaker tone.
    private const float LeastToneSquare = 250f * 250f / 2;

    private static readonly double[] s_frequencies = [697, 770, 852, 941, 1209, 1336, 1477, 1633];
    private static readonly float[][] s_cosines = Make(Math.Cos);
    private static readonly float[][] s_sines = Make(Math.Sin);

    /// <summary>Measures the samples, whose number is a multiple of <see cref="Step"/> and at most a frame's.</summary>
    public static TonePair Measure(ReadOnlySpan<float> samples)
    {
        var energy = Dot(samples, samples);
        if (energy < 2 * LeastToneSquare * samples.Length) return default;
        var row = Strongest(samples, 0, out var low);
        var column = Strongest(samples, Rows, out var high);
        if (low + high < HintOfDominance * energy) return default;

        low = Math.Max(low, Detuned(samples, row));
        high = Math.Max(high, Detuned(samples, column));
        var isPair = low + high >= Dominance * energy
            && low <= MostTwist * high && high <= MostTwist * low
            && Math.Min(low, high) >= LeastToneSquare * samples.Length;
        return isPair ? new TonePair(Characters[(Rows * row) + column - Rows]) : default;
    }

    private static int Strongest(ReadOnlySpan<float> samples, int first, out float energy)
    {
        var strongest = first;
        energy = 0;
        for (var tone = first; tone < first + Rows; tone++)
        {
            var found = EnergyOf(samples, Detunings * tone);
            if (found <= energy) continue;
            energy = found;
            strongest = tone;
        }

        return strongest;
    }

    private static float Detuned(ReadOnlySpan<float> samples, int tone) =>
        Math.Max(EnergyOf(samples, (Detunings * tone) + 1), EnergyOf(samples, (Detunings * tone) + 2));

    // The energy of the sine of this frequency that fits best.
    private static float EnergyOf(ReadOnlySpan<float> samples, int table)
    {
        var real = Dot(samples, s_cosines[table]);
        var imaginary = Dot(samples, s_sines[table]);
        return ((real * real) + (imaginary * imaginary)) * 2 / samples.Length;
    }

    private static float Dot(ReadOnlySpan<float> samples, ReadOnlySpan<float> table)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(samples);
        var right = MemoryMarshal.Cast<float, Vector<float>>(table[..samples.Length]);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return Vector.Sum(sum);
    }

    private static float[][] Make(Func<double, double> wave)
    {
        var tables = new float[Tones * Detunings][];
        for (var tone = 0; tone < Tones; tone++)
            for (var detuning = 0; detuning < Detunings; detuning++)
            {
                var factor = detuning switch { 1 => 1 - Detuning, 2 => 1 + Detuning, _ => 1 };
                var table = new float[AudioFrame.Samples];
                for (var i = 0; i < table.Length; i++)
                    table[i] = (float)wave(2 * Math.PI * s_frequencies[tone] * factor * i / AudioFrame.SampleRate);
                tables[(Detunings * tone) + detuning] = table;
            }

        return tables;
    }
}
