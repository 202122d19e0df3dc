using System.Net;

namespace Interop.Bridges.Sip.Callers;

/// <summary>Counts wrong answers to our challenges, so that passwords cannot be tried out at speed.</summary>
/// <remarks>
/// By source and user, so that one phone with an old password does not shut out the others behind its NAT, and by source
/// alone, which is wider. Bounded: while it is full of fresh failures, further sources go uncounted.
/// </remarks>
internal sealed class ProofFailures(SipBridgeOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_betweenSweeps = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<(IPAddress Source, string? User), (int Count, DateTimeOffset Ends)> _failures = [];
    private DateTimeOffset _sweepAt;

    /// <summary>Whether that user, or anyone from there, has to wait.</summary>
    public bool IsShut(IPAddress source, string user)
    {
        lock (_gate)
            return CountOf((source, user)) >= options.ProofFailuresOfUser || CountOf((source, null)) >= options.ProofFailuresOfSource;
    }

    public void Add(IPAddress source, string user)
    {
        lock (_gate)
        {
            Raise((source, user));
            Raise((source, null));
        }
    }

    private int CountOf((IPAddress, string?) key) =>
        _failures.TryGetValue(key, out var counted) && counted.Ends > time.GetUtcNow() ? counted.Count : 0;

    private void Raise((IPAddress, string?) key)
    {
        var now = time.GetUtcNow();
        if (_failures.TryGetValue(key, out var counted) && counted.Ends > now)
        {
            _failures[key] = (counted.Count + 1, counted.Ends);
            return;
        }

        if (_failures.Count >= options.ProofFailuresKept && now >= _sweepAt)
            Sweep(now);
        if (_failures.Count < options.ProofFailuresKept)
            _failures[key] = (1, now + options.ProofFailureTime);
    }

    /// <summary>Not with every failure: a flood from many addresses keeps the table full, and each sweep looks at all of it.</summary>
    private void Sweep(DateTimeOffset now)
    {
        _sweepAt = now + s_betweenSweeps;
        foreach (var (old, (_, ends)) in _failures)
            if (ends <= now)
                _failures.Remove(old);
    }
}
