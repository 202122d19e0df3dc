namespace Interop.Tests.Peers.Sound;

/// <summary>One tone in a recording, by the Goertzel power of each 20 ms.</summary>
/// <param name="LevelDb">Mean power over the whole recording, against a full-scale sine.</param>
/// <param name="Present">How long it was there, in all.</param>
/// <param name="First">When it was first there; null when it never was.</param>
/// <param name="Last">When it was last there.</param>
/// <param name="LongestGap">The longest time without it between <see cref="First"/> and <see cref="Last"/>.</param>
/// <param name="Fraction">Its share of the recording's time.</param>
public sealed record ToneMeasure(
    double LevelDb,
    TimeSpan Present,
    TimeSpan? First,
    TimeSpan? Last,
    TimeSpan LongestGap,
    double Fraction)
{
    /// <summary>How far below another tone still counts as the same party's echo or leak; the issue asks for 30 dB.</summary>
    public const double SilentDb = 30;

    private const double PresentAboveDb = -32;
    private const double FloorDb = -120;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    internal static ToneMeasure Of(ReadOnlySpan<short> samples, double hertz, int rate)
    {
        var length = rate / 50;
        var frames = samples.Length / length;
        double sum = 0;
        int present = 0, first = -1, last = -1, gap = 0;
        for (var frame = 0; frame < frames; frame++)
        {
            var power = Power(samples.Slice(frame * length, length), hertz, rate);
            sum += power;
            if (Decibel(power) < PresentAboveDb)
                continue;
            if (last >= 0)
                gap = Math.Max(gap, frame - last - 1);
            else
                first = frame;
            last = frame;
            present++;
        }

        return new ToneMeasure(
            frames == 0 ? FloorDb : Decibel(sum / frames),
            present * Frame,
            first < 0 ? null : first * Frame,
            last < 0 ? null : last * Frame,
            gap * Frame,
            frames == 0 ? 0 : (double)present / frames);
    }

    /// <summary>The Goertzel algorithm: one bin of a Fourier transform, scaled so that a full-scale sine is 1.</summary>
    private static double Power(ReadOnlySpan<short> frame, double hertz, int rate)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * hertz / rate);
        double previous = 0, beforeThat = 0;
        foreach (var sample in frame)
        {
            var current = ((double)sample / short.MaxValue) + (coefficient * previous) - beforeThat;
            beforeThat = previous;
            previous = current;
        }

        var magnitude = (previous * previous) + (beforeThat * beforeThat) - (coefficient * previous * beforeThat);
        return magnitude / (frame.Length / 2.0 * (frame.Length / 2.0));
    }

    private static double Decibel(double power) => Math.Max(FloorDb, 10 * Math.Log10(Math.Max(power, 1e-12)));
}
