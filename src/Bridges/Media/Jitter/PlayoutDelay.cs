namespace Interop.Bridges.Media.Jitter;

/// <summary>How much audio should lie ready at a tick: the spread of the packets' transit, between 20 and 200 ms.</summary>
/// <remarks>
/// Spread is measured from the quickest recent packet. That floor rises by 3 samples a second, twice what a clock drift
/// of 200 ppm needs; the peak falls by 20 samples and a twentieth a second, so one burst is forgotten within half a minute.
/// </remarks>
internal struct PlayoutDelay
{
    public const int Minimum = AudioFrame.Samples;
    public const int Maximum = 10 * AudioFrame.Samples;
    private const int Fraction = 16;
    private const int Margin = 40;
    private const int Discontinuity = AudioFrame.SampleRate;

    private bool _started;
    private uint _fastest;
    private int _clock;
    private int _fastestFraction;
    private int _peak;

    /// <summary>The wanted depth in samples.</summary>
    public readonly int Target => Math.Clamp((_peak / Fraction) + Margin, Minimum, Maximum);

    /// <summary>A pause is over: transit is measured anew, since not every sender's timestamp goes on in a pause.</summary>
    public void Rebase() => _started = false;

    /// <summary>Takes account of one packet's transit time.</summary>
    /// <param name="transit">In units of its RTP clock, from any origin; it wraps as the clock does.</param>
    /// <param name="clock">How many such units 1/8000 s has.</param>
    public void Observe(uint transit, int clock)
    {
        var slower = (int)(transit - _fastest) / clock;
        if (!_started || clock != _clock || Math.Abs((long)slower) > Discontinuity)
        {
            _started = true;
            _clock = clock;
            _fastest = transit;
            slower = 0;
        }
        else if (slower < 0)
        {
            _fastest = transit;
            slower = 0;
        }
        else if (++_fastestFraction == Fraction)
        {
            _fastestFraction = 0;
            _fastest += (uint)clock;
        }

        var spread = Math.Min(slower, Maximum) * Fraction;
        _peak = Math.Max(spread, _peak - (Fraction * 2 / 5) - (_peak / 1024));
    }
}
