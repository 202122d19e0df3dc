namespace Interop.Bridges.Wire.Rtp;

/// <summary>A 16-bit RTP sequence number, compared along the shorter way round (RFC 1982 with SERIAL_BITS 16).</summary>
/// <remarks>There are no &lt; and &gt; operators: serial numbers have no total order, and sorting by them would be a bug.</remarks>
public readonly record struct SequenceNumber(ushort Value)
{
    /// <summary>The number that follows; 0 follows 65,535.</summary>
    public SequenceNumber Next => Plus(1);

    /// <summary>The number <paramref name="distance"/> places on, or back when negative.</summary>
    public SequenceNumber Plus(int distance) => new((ushort)(Value + distance));

    /// <summary>How far this number is after <paramref name="other"/>: -32,768 to 32,767.</summary>
    public int DistanceFrom(SequenceNumber other) => (short)(Value - other.Value);

    /// <summary>Whether this number comes later than <paramref name="other"/>.</summary>
    public bool IsAfter(SequenceNumber other) => DistanceFrom(other) > 0;

    /// <inheritdoc />
    /// <remarks>A record's own would print <see cref="Next"/> too, and its next, without end.</remarks>
    public override string ToString() => Value.ToString();
}
