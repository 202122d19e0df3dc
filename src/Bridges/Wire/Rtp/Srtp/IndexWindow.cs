namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>Which indexes of one source were used: the highest, and those of the 128 up to it (RFC 3711 section 3.3.2).</summary>
internal struct IndexWindow
{
    private const int Width = 128;
    private UInt128 _seen;

    /// <summary>Whether any was used.</summary>
    public readonly bool Started => _seen != UInt128.Zero;

    /// <summary>The highest that was used.</summary>
    public ulong Highest { get; private set; }

    /// <summary>Whether it was not used yet, for certain: what is older than the window counts as used.</summary>
    public readonly bool IsFresh(ulong index) =>
        !Started || index > Highest || (Highest - index < Width && ((_seen >> (int)(Highest - index)) & 1) == 0);

    /// <summary>Marks one that is fresh; only what was authenticated may be.</summary>
    public void Use(ulong index)
    {
        if (!Started || index > Highest)
        {
            var ahead = Started ? index - Highest : 0;
            _seen = ahead < Width ? (_seen << (int)ahead) | 1 : 1;
            Highest = index;
        }
        else
        {
            _seen |= UInt128.One << (int)(Highest - index);
        }
    }

    /// <summary>The 48-bit index of an RTP sequence number: the one nearest to the highest (RFC 3711 section 3.3.1).</summary>
    /// <returns>False for one from before the first packet of all.</returns>
    public readonly bool TryEstimate(SequenceNumber sequence, out ulong index)
    {
        index = sequence.Value;
        if (!Started) return true;
        var estimate = (long)Highest + sequence.DistanceFrom(new SequenceNumber((ushort)Highest));
        index = (ulong)estimate;
        return estimate >= 0;
    }
}
