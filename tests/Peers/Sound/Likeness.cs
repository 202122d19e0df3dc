namespace Interop.Tests.Peers.Sound;

/// <summary>Finds a sound that is known in what was heard: speech, which has no tone to look for.</summary>
public static class Likeness
{
    private const int ChunkSamples = ToneFile.Rate / 4;
    private const int Chunks = 4;

    /// <summary>
    /// How well the sound fits where it fits best: 1 is the same samples but for loudness, and other speech stays below 0.7.
    /// Of some chunks, each of which may lie anywhere, as a jitter buffer cuts and stretches; the second worst counts.
    /// </summary>
    public static double Of(Recording heard, short[] sought)
    {
        var step = (sought.Length - ChunkSamples) / Chunks;
        return Enumerable.Range(0, Chunks).Select(chunk => Best(heard.Samples, sought.AsSpan(chunk * step, ChunkSamples))).Order().ElementAt(1);
    }

    private static double Best(ReadOnlySpan<short> heard, ReadOnlySpan<short> chunk)
    {
        double energy = 1, best = 0, window = 1;
        foreach (var sample in chunk)
            energy += (double)sample * sample;
        for (var at = 0; at + chunk.Length <= heard.Length; at++)
        {
            // The energy of the window follows it by one sample; a window far quieter than speech fits nothing.
            window = at == 0 ? Energy(heard[..chunk.Length]) : window + Square(heard[at + chunk.Length - 1]) - Square(heard[at - 1]);
            if (window > energy / 100)
                best = Math.Max(best, Product(heard.Slice(at, chunk.Length), chunk) / Math.Sqrt(window * energy));
        }

        return best;
    }

    private static double Energy(ReadOnlySpan<short> samples)
    {
        double sum = 1;
        foreach (var sample in samples)
            sum += Square(sample);
        return sum;
    }

    private static double Square(short sample) => (double)sample * sample;

    private static double Product(ReadOnlySpan<short> one, ReadOnlySpan<short> other)
    {
        long sum = 0;
        for (var index = 0; index < other.Length; index++)
            sum += one[index] * other[index];
        return sum;
    }
}
