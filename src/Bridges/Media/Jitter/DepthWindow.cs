namespace Interop.Bridges.Media.Jitter;

/// <summary>Judges over two seconds whether a jitter buffer holds more than was ever needed, or too little to be safe.</summary>
/// <remarks>It judges again sooner while very much is left over, as after a burst. Times in 1/8000 s.</remarks>
internal struct DepthWindow()
{
    private const int Ticks = 100;
    private const int ShortTicks = 10;
    private const int TooMuch = AudioFrame.Samples;
    private const int FarTooMuch = 3 * AudioFrame.Samples;

    // Arrivals are known to 2.5 ms: with less than twice that to spare, the next packet may already be too late.
    private const int TooLittle = 40;

    private int _left = Ticks;
    private int _leastDepth = int.MaxValue;
    private int _leastMargin = int.MaxValue;
    private int _leastSpare = int.MaxValue;

    /// <summary>A packet came: how long before it is needed, and how long before it would be if a splice had taken its most.</summary>
    /// <param name="depth">What was at hand then.</param>
    /// <param name="sinceTick">How long after the last tick that was.</param>
    public void Weigh(int depth, int sinceTick)
    {
        _leastMargin = Math.Min(_leastMargin, NeededAfter(depth) - sinceTick);
        _leastSpare = Math.Min(_leastSpare, NeededAfter(depth - Splice.Longest) - sinceTick);
    }

    /// <summary>A tick is due: positive when delay that was never needed may be given back, negative when a little more is needed.</summary>
    public int Judge(int depth, int target)
    {
        _leastDepth = Math.Min(_leastDepth, depth);
        if (--_left > 0) return 0;
        var surplus = _leastDepth - target;
        var verdict = _leastMargin < TooLittle ? -1 : surplus >= TooMuch && _leastSpare >= TooLittle ? 1 : 0;
        this = new DepthWindow { _left = surplus >= FarTooMuch ? ShortTicks : Ticks };
        return verdict;
    }

    // A packet is needed at the first tick for which what is held does not suffice.
    private static int NeededAfter(int depth) => depth < 0 ? 0 : AudioFrame.Samples * (1 + (depth / AudioFrame.Samples));
}
