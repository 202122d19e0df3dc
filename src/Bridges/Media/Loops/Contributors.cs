using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Loops;

/// <summary>Contributing sources (RFC 3550 section 5.1): each once, in rising order, and the lowest where there are more than a header has room for.</summary>
/// <remarks>Kept in order so that rooms' marks, which are low, are the last to be left out. Owned by the tick thread; never allocates.</remarks>
internal sealed class Contributors
{
    private readonly uint[] _sources = new uint[RtpHeader.MostCsrcs];
    private int _count;

    public ReadOnlySpan<uint> All => _sources.AsSpan(0, _count);

    public bool IsEmpty => _count == 0;

    public void Clear() => _count = 0;

    public bool Has(uint source) => All.Contains(source);

    public void Add(uint source)
    {
        var at = _count;
        while (at > 0 && _sources[at - 1] > source) at--;
        if ((at > 0 && _sources[at - 1] == source) || at == _sources.Length) return;
        var moved = Math.Min(_count, _sources.Length - 1) - at;
        _sources.AsSpan(at, moved).CopyTo(_sources.AsSpan(at + 1));
        _sources[at] = source;
        _count = Math.Min(_count + 1, _sources.Length);
    }

    public void Add(Contributors others)
    {
        foreach (var source in others.All) Add(source);
    }
}
