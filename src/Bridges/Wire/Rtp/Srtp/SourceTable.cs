namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>What is kept of one synchronization source.</summary>
internal struct SrtpSource
{
    public uint Ssrc;
    public IndexWindow Rtp;
    public IndexWindow Rtcp;
}

/// <summary>The synchronization sources of one key. A stream has one at a time, so the last one found is looked at first.</summary>
/// <remarks>A source is added once a packet of it was authenticated, and is never forgotten: its old packets would be new again.</remarks>
internal struct SourceTable()
{
    private SrtpSource[] _sources = new SrtpSource[2];
    private int _last;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no more may come.</summary>
    public readonly bool IsFull => Count == SrtpLimits.MostSources;

    /// <summary>Where a source is, or -1.</summary>
    public int Find(uint ssrc)
    {
        if (_last < Count && _sources[_last].Ssrc == ssrc) return _last;
        for (var i = 0; i < Count; i++)
            if (_sources[i].Ssrc == ssrc) return _last = i;
        return -1;
    }

    /// <summary>Adds one that is not there; there is room.</summary>
    public int Add(uint ssrc)
    {
        if (Count == _sources.Length) Array.Resize(ref _sources, 2 * Count);
        _sources[Count] = new SrtpSource { Ssrc = ssrc };
        return _last = Count++;
    }

    public readonly ref SrtpSource this[int position] => ref _sources[position];
}
