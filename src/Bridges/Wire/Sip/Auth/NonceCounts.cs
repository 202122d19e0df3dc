namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>Remembers which counts of a nonce were used, so that no answer is taken twice (RFC 7616 section 3.4).</summary>
/// <remarks>
/// Only answers that verified are entered, so that a stranger cannot fill it. When it is full the oldest nonce leaves, and
/// every nonce issued before that one is stale from then on: forgetting must not make a replay possible.
/// </remarks>
internal sealed class NonceCounts(int capacity)
{
    private readonly Dictionary<string, (uint Highest, ulong Window)> _used = [];
    private readonly PriorityQueue<string, DateTimeOffset> _byAge = new();
    private readonly Lock _lock = new();
    private DateTimeOffset _floor;

    /// <summary>Whether the count was not used before; it is used now.</summary>
    public bool TryUse(string nonce, DateTimeOffset issued, uint count)
    {
        lock (_lock)
        {
            if (_used.TryGetValue(nonce, out var seen))
            {
                if (!Advance(ref seen, count)) return false;
                _used[nonce] = seen;
                return true;
            }

            if (issued <= _floor) return false;
            _used.Add(nonce, (count, 1));
            _byAge.Enqueue(nonce, issued);
            if (_used.Count > capacity) ForgetOldest();
            return true;
        }
    }

    /// <summary>Drops what has expired anyway.</summary>
    public void ForgetBefore(DateTimeOffset instant)
    {
        lock (_lock)
        {
            while (_byAge.TryPeek(out _, out var issued) && issued < instant) ForgetOldest();
        }
    }

    /// <summary>Counts may overtake each other by a few, as requests over UDP do.</summary>
    private static bool Advance(ref (uint Highest, ulong Window) seen, uint count)
    {
        if (count > seen.Highest)
        {
            var shift = count - seen.Highest;
            seen = (count, (shift < 64 ? seen.Window << (int)shift : 0) | 1);
            return true;
        }

        var behind = seen.Highest - count;
        if (behind >= 64 || (seen.Window & (1UL << (int)behind)) != 0) return false;
        seen.Window |= 1UL << (int)behind;
        return true;
    }

    private void ForgetOldest()
    {
        if (!_byAge.TryDequeue(out var nonce, out var issued)) return;
        _used.Remove(nonce);
        if (issued > _floor) _floor = issued;
    }
}
