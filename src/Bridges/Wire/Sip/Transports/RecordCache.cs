namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>Answers of the DNS until their time to live is over, and beyond it while no newer one can be had (RFC 8767). Safe from any thread.</summary>
internal sealed class RecordCache<T>(int capacity, TimeProvider time)
{
    /// <summary>RFC 8767 section 5: "a suggested maximum stale timer is between 1 and 3 days".</summary>
    private static readonly TimeSpan StaleFor = TimeSpan.FromDays(1);

    /// <summary>A failed look-up is not repeated for each message of a call.</summary>
    private static readonly TimeSpan FailureHolds = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the name has; empty when that is nothing or could never be learnt.</summary>
    public async ValueTask<IReadOnlyList<T>> GetAsync(string name, Func<string, CancellationToken, ValueTask<SipRecords<T>?>> ask, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (Find(name) is { } known && now < known.Until) return known.Values;
        var answer = await ask(name, cancellation);
        now = time.GetUtcNow();
        if (answer is not null)
        {
            var lives = answer.TimeToLive < FailureHolds ? FailureHolds : answer.TimeToLive > Longest ? Longest : answer.TimeToLive;
            return Keep(name, new Entry(answer.Values, now + lives, now + lives + StaleFor), now);
        }

        var stale = Find(name) is { } old && now < old.Gone ? old : new Entry([], now, now + FailureHolds);
        return Keep(name, stale with { Until = now + FailureHolds }, now);
    }

    private Entry? Find(string name)
    {
        lock (_lock) return _entries.GetValueOrDefault(name);
    }

    private IReadOnlyList<T> Keep(string name, Entry entry, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_entries.Count >= capacity && !_entries.ContainsKey(name)) MakeRoom(now);
            _entries[name] = entry;
            return entry.Values;
        }
    }

    /// <summary>Names come from peers, too: what is out of date goes first, and otherwise what will be next.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (name, entry) in _entries)
        {
            if (entry.Until < now) _entries.Remove(name);
        }

        if (_entries.Count >= capacity) _entries.Remove(_entries.MinBy(static entry => entry.Value.Until).Key);
    }

    private sealed record Entry(IReadOnlyList<T> Values, DateTimeOffset Until, DateTimeOffset Gone);
}
