namespace Interop.Bridges.Media.Ticks;

/// <summary>What is due at one moment.</summary>
/// <param name="Due">Ticks to make now.</param>
/// <param name="Skipped">Ticks that are given up: time passes without audio.</param>
/// <param name="Lateness">How long ago the first of them was due.</param>
internal readonly record struct TickPlan(int Due, int Skipped, TimeSpan Lateness);

/// <summary>Says how many 20 ms ticks are due. Deadlines are absolute, so that lateness never adds up.</summary>
internal struct TickSchedule(TimeSpan first)
{
    /// <summary>At most 100 ms are caught up: more would arrive as a burst that no phone's jitter buffer takes.</summary>
    public const int CatchUp = 5;

    private TimeSpan _next = first;

    public readonly TimeSpan Next => _next;

    public TickPlan Advance(TimeSpan now)
    {
        if (now < _next) return default;
        var lateness = now - _next;
        var missed = (int)(lateness / AudioFrame.Duration) + 1;
        var due = Math.Min(missed, CatchUp);
        _next += missed * AudioFrame.Duration;
        return new TickPlan(due, missed - due, lateness);
    }
}
