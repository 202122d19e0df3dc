namespace Interop.Bridges.Media.Sockets;

/// <summary>Hands out pairs of ports, the longest unused first, so that a late packet of an ended call meets no new one.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class PortPool
{
    private readonly Lock _lock = new();
    private readonly Queue<int> _free;

    public PortPool(PortRange range)
    {
        _free = new Queue<int>(range.Pairs);
        for (var pair = 0; pair < range.Pairs; pair++) _free.Enqueue(range.PortOf(pair));
    }

    public int Free
    {
        get
        {
            lock (_lock) return _free.Count;
        }
    }

    public bool TryTake(out int evenPort)
    {
        lock (_lock) return _free.TryDequeue(out evenPort);
    }

    public void Return(int evenPort)
    {
        lock (_lock) _free.Enqueue(evenPort);
    }
}
