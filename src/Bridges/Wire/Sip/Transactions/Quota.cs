namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>How many of something may exist at once, over all lanes.</summary>
internal sealed class Quota(int limit)
{
    private int _taken;

    public bool IsFull => Volatile.Read(ref _taken) >= limit;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= limit) return true;
        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _taken);
}
