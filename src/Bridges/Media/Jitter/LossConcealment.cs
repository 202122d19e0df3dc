namespace Interop.Bridges.Media.Jitter;

/// <summary>Fills a hole by repeating the last 20 ms, fading to nothing within 60 ms.</summary>
/// <remarks>Fading matters more than the repetition: a held frame that does not fade sounds like a buzzer.</remarks>
internal sealed class LossConcealment
{
    private const int FadeSamples = 3 * AudioFrame.Samples;
    private readonly short[] _last = new short[AudioFrame.Samples];
    private int _concealed = FadeSamples;

    /// <summary>Remembers good audio, and ends a fade.</summary>
    public void Heard(ReadOnlySpan<short> samples)
    {
        _concealed = 0;
        if (samples.Length >= _last.Length)
        {
            samples[^_last.Length..].CopyTo(_last);
            return;
        }

        _last.AsSpan(samples.Length).CopyTo(_last);
        samples.CopyTo(_last.AsSpan(_last.Length - samples.Length));
    }

    /// <summary>Makes the samples that take the place of what is missing.</summary>
    public void Fill(Span<short> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var gain = FadeSamples - _concealed;
            if (gain <= 0)
            {
                samples[i..].Clear();
                return;
            }

            samples[i] = (short)(_last[_concealed % _last.Length] * gain / FadeSamples);
            _concealed++;
        }
    }

    /// <summary>Forgets what was heard: the next hole is silence.</summary>
    public void Reset() => _concealed = FadeSamples;
}
