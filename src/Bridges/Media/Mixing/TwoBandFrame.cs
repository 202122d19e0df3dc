using Interop.Bridges.Media.Jitter;

namespace Interop.Bridges.Media.Mixing;

/// <summary>A talker's 20 ms in the band in which they came, and brought to the other one when somebody there is to hear them.</summary>
/// <remarks>
/// A room of both bands is mixed in both, and each talker is resampled once: no mix ever is, so that whoever joins or leaves one
/// changes no filter's memory. Owned by the tick thread.
/// </remarks>
internal sealed class TwoBandFrame
{
    private readonly short[] _own = new short[Band.Wide.FrameSamples()];
    private short[]? _other;
    private HalfBand? _halfBand;
    private bool _made;
    private bool _madeBefore;

    /// <summary>The band in which it came.</summary>
    public Band Band { get; private set; }

    /// <summary>The samples as they came.</summary>
    public Span<short> Own => _own.AsSpan(0, Band.FrameSamples());

    /// <summary>Takes the next frame out of a jitter buffer.</summary>
    public Playout Read(JitterBuffer jitter, TimeSpan now)
    {
        var playout = jitter.Read(_own, now);
        Begin(jitter.Band);
        return playout;
    }

    /// <summary>The next frame is silence.</summary>
    public void Clear()
    {
        Begin(Band);
        Own.Clear();
    }

    /// <summary>Nothing of this frame is to be heard after all.</summary>
    public void Silence()
    {
        Own.Clear();
        if (_made) In(Other).Clear();
    }

    /// <summary>The samples in a band, made when first asked for; what is changed in them is heard in that band alone.</summary>
    public Span<short> In(Band band)
    {
        if (band == Band) return Own;
        if (!_made) Make();
        return _other.AsSpan(0, band.FrameSamples());
    }

    /// <summary>Brings both bands, as far as they are made, from one gain to another.</summary>
    public void Amplify(float from, float to)
    {
        Gain.Apply(Own, from, to);
        if (_made) Gain.Apply(In(Other), from, to);
    }

    private Band Other => Band == Band.Wide ? Band.Narrow : Band.Wide;

    private void Begin(Band band)
    {
        _madeBefore = _made && band == Band;
        _made = false;
        Band = band;
    }

    private void Make()
    {
        _other ??= new short[Band.Wide.FrameSamples()];
        _halfBand ??= new HalfBand();
        // Whoever did not ask in the last tick heard nothing of it either: the filter begins from silence.
        if (!_madeBefore) _halfBand.Reset();
        _made = true;
        if (Band == Band.Narrow) _halfBand.Up(Own, In(Other));
        else _halfBand.Down(Own, In(Other));
    }
}
