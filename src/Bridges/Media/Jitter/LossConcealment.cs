namespace Interop.Bridges.Media.Jitter;

/// <summary>Fills a hole with the periods of the voice before it, as ITU-T G.711 appendix I describes, and joins what follows to it.</summary>
/// <remarks>
/// The last pitch period is repeated for 10 ms, then the last two and three, since one alone would sound like a buzzer; it fades
/// from 10 ms on and is silence at 60 ms. Unlike the appendix it delays nothing: what does not fit between the last sample and the
/// first that is made is bridged by a decaying step, where the appendix would still have changed the last 4 ms.
/// </remarks>
internal sealed class LossConcealment
{
    private const int Overlap = Pitch.Longest / 4;
    private const int HistorySamples = (3 * Pitch.Longest) + Overlap;
    private const int Stage = AudioFrame.Samples / 2;
    private const int Stages = 6;
    private const int ShortestMerge = 32;

    private readonly short[] _history = new short[HistorySamples * 2];
    private readonly short[] _merge = new short[Stage * 2];
    private Band _band;
    private bool _any;
    private int _made;
    private int _pitch;
    private int _block;
    private int _following;
    private int _position;
    private int _step;

    /// <summary>Remembers good audio; after a hole, joins its beginning to what was made.</summary>
    public void Heard(Span<short> samples, Band band)
    {
        if (band != _band)
        {
            Reset();
            _band = band;
        }

        if (_made > 0) Merge(samples);
        _made = 0;
        _any = true;
        var history = History;
        if (samples.Length >= history.Length)
        {
            samples[^history.Length..].CopyTo(history);
            return;
        }

        history[samples.Length..].CopyTo(history);
        samples.CopyTo(history[^samples.Length..]);
    }

    /// <summary>Makes the samples that take the place of what is missing.</summary>
    public void Fill(Span<short> samples)
    {
        if (!_any)
        {
            samples.Clear();
            return;
        }

        if (_made == 0) Begin();
        var scale = _band.Scale();
        var fade = (Stages - 1) * Stage * scale;
        var history = History;
        for (var i = 0; i < samples.Length; i++)
        {
            var left = Math.Min(fade, (Stages * Stage * scale) - _made);
            if (left <= 0)
            {
                samples[i..].Clear();
                _made += samples.Length - i;
                return;
            }

            samples[i] = (short)(Next(history) * left / fade);
            _made++;
        }
    }

    /// <summary>Forgets what was heard: the next hole is silence.</summary>
    public void Reset()
    {
        _any = false;
        _made = 0;
        Array.Clear(_history);
    }

    private Span<short> History => _history.AsSpan(0, HistorySamples * _band.Scale());

    private void Begin()
    {
        var scale = _band.Scale();
        var history = History;
        _pitch = Pitch.Find(history, history.Length - (AudioFrame.Samples * scale), AudioFrame.Samples * scale, scale);
        _block = _following = _pitch;
        _position = 0;
        _step = history[^1] - history[^(_pitch + 1)];
    }

    // One sample of the repeated block, whose end is faded into what lies before the next block, so that going round makes no edge.
    private int Next(ReadOnlySpan<short> history)
    {
        var overlap = _pitch / 4;
        var tail = _position - (_block - overlap);
        if (tail == 0) _following = _pitch * Math.Min(3, 1 + (_made / (Stage * _band.Scale())));
        int sample = history[history.Length - _block + _position];
        if (tail >= 0)
        {
            var before = history[history.Length - _following - overlap + tail];
            sample = ((sample * (overlap - tail)) + (before * (tail + 1))) / (overlap + 1);
        }

        if (_made < overlap) sample = Math.Clamp(sample + (_step * (overlap - _made) / overlap), short.MinValue, short.MaxValue);
        if (++_position == _block) (_position, _block) = (0, _following);
        return sample;
    }

    // 4 ms after the first 10, and 4 more for each further: the longer the hole, the less the two fit.
    private void Merge(Span<short> samples)
    {
        var scale = _band.Scale();
        var length = Math.Min(Math.Min(ShortestMerge * scale * (1 + (_made / (Stage * scale))), Stage * scale), samples.Length);
        var made = _merge.AsSpan(0, length);
        Fill(made);
        for (var i = 0; i < length; i++) samples[i] = (short)(((samples[i] * (i + 1)) + (made[i] * (length - i))) / (length + 1));
    }
}
