using System.Numerics;
using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Mixing;

/// <summary>How much sound there is in samples.</summary>
internal static class Energy
{
    /// <summary>The sum of their squares; exact below 2^24, to one part in a million above.</summary>
    public static float Of(ReadOnlySpan<short> samples)
    {
        var vectors = MemoryMarshal.Cast<short, Vector<short>>(samples);
        var sum = Vector<float>.Zero;
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var low, out var high);
            sum += Vector.ConvertToSingle(low * low) + Vector.ConvertToSingle(high * high);
        }

        var total = Vector.Sum(sum);
        foreach (var sample in samples[(vectors.Length * Vector<short>.Count)..]) total += (float)sample * sample;
        return total;
    }

    /// <summary>Their mean square.</summary>
    public static float Mean(ReadOnlySpan<short> samples) => samples.IsEmpty ? 0 : Of(samples) / samples.Length;
}
