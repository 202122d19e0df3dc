namespace Interop.Tests.Peers.Sound;

/// <summary>The sounds of a telephone's keys (ITU-T Q.23), written apart from the hub's own detector.</summary>
public static class KeySound
{
    private const string Keys = "123A456B789C*0#D";
    private const double Amplitude = 0.25 * short.MaxValue;

    private static readonly double[] Rows = [697, 770, 852, 941];
    private static readonly double[] Columns = [1_209, 1_336, 1_477, 1_633];

    /// <summary>All eight frequencies.</summary>
    public static IReadOnlyList<double> Frequencies { get; } = [.. Rows, .. Columns];

    /// <summary>One press of a key.</summary>
    public static short[] Samples(char key, TimeSpan length)
    {
        var index = Keys.IndexOf(key, StringComparison.Ordinal);
        var (low, high) = (Rows[index / 4], Columns[index % 4]);
        var samples = new short[(int)(length.TotalSeconds * ToneFile.Rate)];
        for (var at = 0; at < samples.Length; at++)
        {
            var time = 2 * Math.PI * at / ToneFile.Rate;
            samples[at] = (short)(Amplitude * (Math.Sin(low * time) + Math.Sin(high * time)));
        }

        return samples;
    }
}
