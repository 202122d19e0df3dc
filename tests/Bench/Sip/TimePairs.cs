namespace Interop.Tests.Bench.Sip;

/// <summary>Times of two things that should look alike, taken in turns: the first of each pair is of one, the second of the other.</summary>
internal sealed class TimePairs
{
    /// <summary>How many a patient guesser sees of each.</summary>
    public const int Many = 100;

    /// <summary>So often two samples of one distribution would be told apart.</summary>
    private const double Alpha = 0.001;

    private readonly List<(double One, double Other)> _pairs = [];

    public void Add(double one, double other) => _pairs.Add((one, other));

    public double[] One => [.. _pairs.Select(pair => pair.One).Order()];

    public double[] Other => [.. _pairs.Select(pair => pair.Other).Order()];

    /// <summary>The two-sample Kolmogorov-Smirnov statistic: how far the two distributions lie apart where they do most.</summary>
    public double Distance()
    {
        var (one, other) = (One, Other);
        var (farthest, i, j) = (0.0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            var at = Math.Min(one[i], other[j]);
            while (i < one.Length && one[i] <= at) i++;
            while (j < other.Length && other[j] <= at) j++;
            farthest = Math.Max(farthest, Math.Abs((double)i / one.Length - (double)j / other.Length));
        }

        return farthest;
    }

    /// <summary>The distance that chance alone gives so many times of one distribution, but for one case in a thousand.</summary>
    public double Chance => Math.Sqrt(-Math.Log(Alpha / 2) / 2) * Math.Sqrt(2.0 / Math.Max(1, _pairs.Count));

    /// <summary>
    /// How often a guesser is right who has learned from the first half which of the two is quicker, and says of the second half
    /// which is which, by the median of so many times of each: 0.5 is no better than a coin. Null with too few times.
    /// </summary>
    public double? Guessed(int times)
    {
        var blocks = _pairs.Chunk(times).Where(block => block.Length == times)
            .Select(block => Median([.. block.Select(pair => pair.One)]) - Median([.. block.Select(pair => pair.Other)])).ToArray();
        var learned = blocks.Length / 2;
        if (learned == 0) return null;
        var oneIsQuicker = blocks.Take(learned).Count(difference => difference < 0) * 2 >= learned;
        return blocks.Skip(learned).Average(difference => difference == 0 ? 0.5 : difference < 0 == oneIsQuicker ? 1 : 0);
    }

    public static double At(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return At(times, 0.5);
    }
}
