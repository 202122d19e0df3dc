using System.Numerics;
using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Mixing;

/// <summary>Sums the talkers once and gives each the sum without himself (N-1), saturated and never wrapped.</summary>
internal sealed class Mixer
{
    private readonly int[] _sum;

    /// <summary>Makes a mixer of frames of one band.</summary>
    public Mixer(Band band = Band.Narrow) => _sum = new int[band.FrameSamples()];

    /// <summary>Begins a new frame.</summary>
    public void Clear() => Array.Clear(_sum);

    /// <summary>Adds one talker's frame.</summary>
    public void Add(ReadOnlySpan<short> frame)
    {
        var samples = MemoryMarshal.Cast<short, Vector<short>>(frame);
        var sums = MemoryMarshal.Cast<int, Vector<int>>(_sum.AsSpan());
        for (var i = 0; i < samples.Length; i++)
        {
            Vector.Widen(samples[i], out var low, out var high);
            sums[2 * i] += low;
            sums[(2 * i) + 1] += high;
        }
    }

    /// <summary>The sum of all, for those who do not talk.</summary>
    public void All(Span<short> mix)
    {
        var output = MemoryMarshal.Cast<short, Vector<short>>(mix);
        var sums = MemoryMarshal.Cast<int, Vector<int>>(_sum.AsSpan());
        for (var i = 0; i < output.Length; i++)
            output[i] = Vector.NarrowWithSaturation(sums[2 * i], sums[(2 * i) + 1]);
    }

    /// <summary>The sum of all but one, whose frame was added before.</summary>
    public void AllBut(ReadOnlySpan<short> own, Span<short> mix)
    {
        var samples = MemoryMarshal.Cast<short, Vector<short>>(own);
        var output = MemoryMarshal.Cast<short, Vector<short>>(mix);
        var sums = MemoryMarshal.Cast<int, Vector<int>>(_sum.AsSpan());
        for (var i = 0; i < output.Length; i++)
        {
            Vector.Widen(samples[i], out var low, out var high);
            output[i] = Vector.NarrowWithSaturation(sums[2 * i] - low, sums[(2 * i) + 1] - high);
        }
    }
}
