namespace Interop.Bridges.Media.Jitter;

/// <summary>The noise of a far end that sends none of it while nobody speaks there (RFC 3389), at the level that it says.</summary>
/// <remarks>
/// It fills the pauses between words, which without it would be holes. The spectrum that a far end may tell besides is not used.
/// </remarks>
internal struct ComfortNoise
{
    // A leg is no longer heard 500 ms after its last word; noise for longer would be made for nobody.
    private const int Frames = 50;

    private int _amplitude;
    private int _left;
    private uint _random;

    /// <summary>Whether there is noise to be heard.</summary>
    public readonly bool Active => _left > 0;

    /// <summary>Takes what the far end said of its noise; nothing said ends it.</summary>
    public void Set(ReadOnlySpan<byte> payload)
    {
        _left = 0;
        if (payload.IsEmpty) return;
        // RFC 3389 §3.1: the level below overload in dB, in the lower seven bits. Values spread evenly have their peak sqrt(3) above their power.
        _amplitude = (int)(Math.Sqrt(3) * 32_768 * Math.Pow(10, -(payload[0] & 0x7F) / 20.0));
        _amplitude = Math.Min(_amplitude, short.MaxValue);
        _left = Frames;
    }

    /// <summary>Audio is there again.</summary>
    public void End() => _left = 0;

    /// <summary>Makes a frame, or the rest of one.</summary>
    public void Fill(Span<short> samples)
    {
        _left--;
        foreach (ref var sample in samples)
        {
            _random = (_random * 1_664_525) + 1_013_904_223;
            sample = (short)(((short)(_random >> 16) * _amplitude) >> 15);
        }
    }
}
