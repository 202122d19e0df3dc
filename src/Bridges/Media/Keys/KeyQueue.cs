namespace Interop.Bridges.Media.Keys;

/// <summary>The keys that a leg pressed since it was last asked. Fingers never fill it; what a flood adds is dropped.</summary>
internal struct KeyQueue()
{
    private const int Capacity = 8;
    private readonly char[] _keys = new char[Capacity];
    private int _count;

    public void Add(char key)
    {
        if (_count < Capacity) _keys[_count++] = key;
    }

    /// <summary>The keys in the order in which they were pressed; valid until the next is added.</summary>
    public ReadOnlySpan<char> TakeAll()
    {
        var keys = _keys.AsSpan(0, _count);
        _count = 0;
        return keys;
    }
}
