using Interop.Bridges.Media.Legs;

namespace Interop.Bridges.Media.Quality;

/// <summary>The share of packets that were lost or came too late, over the last ten seconds in which any came.</summary>
/// <remarks>Seconds without a packet do not move it: what a partner said last is still what is known of the way when it is silent.</remarks>
public sealed class LossWindow
{
    /// <summary>How many looks it spans; one is taken each second.</summary>
    public const int Looks = 10;

    private readonly (long Expected, long Missing)[] _looks = new (long, long)[Looks];
    private long _expected;
    private long _missing;
    private int _next;

    /// <summary>Whether anything was expected yet.</summary>
    public bool IsEmpty => Expected == 0;

    /// <summary>The share, 0 to 1.</summary>
    public double Share => IsEmpty ? 0 : Math.Clamp((double)Missing / Expected, 0, 1);

    private long Expected => _looks.Sum(static look => look.Expected);

    // A packet that overtook another counts as lost until that one comes, and is given back then.
    private long Missing => Math.Max(0, _looks.Sum(static look => look.Missing));

    /// <summary>Takes in a leg's counters; false when nothing came since the last look.</summary>
    public bool Look(LegStatistics leg)
    {
        var missing = leg.LostOnTheWay + leg.DroppedBy(DropReason.Late);
        // The numbers of another source begin at nothing.
        if (leg.Expected < _expected) (_expected, _missing) = (0, leg.DroppedBy(DropReason.Late));
        var (expected, lost) = (leg.Expected - _expected, missing - _missing);
        (_expected, _missing) = (leg.Expected, missing);
        if (expected == 0) return false;
        _looks[_next] = (expected, lost);
        _next = (_next + 1) % Looks;
        return true;
    }
}
