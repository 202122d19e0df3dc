namespace Interop.Bridges.Core.Legs;

/// <summary>How long to wait before the next try: 1, 2, 4 ... 30 seconds, each up to a quarter longer.</summary>
/// <remarks>The spread keeps a hundred legs that one outage took down from all redialling in the same instant.</remarks>
public static class BackOff
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The wait after so many failures in a row; none before the first failure.</summary>
    /// <param name="failures">How often it failed since it last succeeded.</param>
    /// <param name="spread">A random number from 0 to 1.</param>
    public static TimeSpan After(int failures, double spread)
    {
        if (failures <= 0)
            return TimeSpan.Zero;
        var seconds = Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(failures, 10) - 1));
        return TimeSpan.FromSeconds(seconds * (1 + (0.25 * spread)));
    }
}
