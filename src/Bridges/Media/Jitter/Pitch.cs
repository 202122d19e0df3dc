namespace Interop.Bridges.Media.Jitter;

/// <summary>Finds the shift by which a piece of sound is most like the sound beside it: the pitch of a voice, or a few periods of it.</summary>
internal static class Pitch
{
    /// <summary>5 ms, in samples of 8 kHz.</summary>
    public const int Shortest = 40;

    /// <summary>15 ms, in samples of 8 kHz: the period of the deepest voice.</summary>
    public const int Longest = 120;

    /// <summary>The best shift, in samples, of <paramref name="length"/> samples at <paramref name="start"/> against those that lie as much before them.</summary>
    /// <param name="sound">The sound; it reaches back by <see cref="Longest"/> before the start.</param>
    /// <param name="start">Where the piece begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="scale">Samples per sample of 8 kHz.</param>
    public static int Find(ReadOnlySpan<short> sound, int start, int length, int scale)
    {
        // Coarsely first, by every second place and sample of 8 kHz, and then exactly around the best.
        var coarse = 2 * scale;
        var best = Search(sound, start, length, Shortest * scale, Longest * scale, coarse, coarse);
        return Search(sound, start, length, Math.Max(Shortest * scale, best - coarse + 1), Math.Min(Longest * scale, best + coarse - 1), 1, scale);
    }

    private static int Search(ReadOnlySpan<short> sound, int start, int length, int from, int to, int step, int stride)
    {
        var best = from;
        var most = double.NegativeInfinity;
        for (var shift = from; shift <= to; shift += step)
        {
            float product = 0, energy = 1;
            for (var i = start; i < start + length; i += stride)
            {
                float before = sound[i - shift];
                product += sound[i] * before;
                energy += before * before;
            }

            // Normalized, with its sign: what is alike upside down does not fit.
            var likeness = product / Math.Sqrt(energy);
            if (likeness <= most) continue;
            (best, most) = (shift, likeness);
        }

        return best;
    }
}
