using Interop.Bridges.Media.Mixing;

namespace Interop.Bridges.Media.Keys;

/// <summary>What a frame has of key tones.</summary>
/// <param name="Silence">The frame carries, or may carry, a part of a tone and must not be heard by anybody.</param>
/// <param name="Pressed">The key whose press is certain as of this frame; '\0' when none is.</param>
internal readonly record struct KeyVerdict(bool Silence, char Pressed);

/// <summary>Finds key tones in a leg's audio (ITU-T Q.24), and keeps them out of the room from their first samples on.</summary>
/// <remarks>
/// Judged every 10 ms over the last 20 ms: two in a row are a key, so tones of 40 ms are found at any offset and tones of
/// 23 ms are not. Silencing needs less proof than a key, because audio is not delayed for it: one judgement is enough, and
/// a sound that begins too late in a frame to be told from a tone waits for the next frame. Owned by the tick thread.
/// </remarks>
internal sealed class KeyTones
{
    private const int Hop = AudioFrame.Samples / 2;
    private const int Certain = 2;

    // A gap of 10 ms spoils three judgements, the pause of 40 ms between two presses at least four.
    private const int Released = 4;
    private const int Shortest = 4 * ToneGrid.Step;
    private const int Slices = AudioFrame.Samples / ToneGrid.Step;

    // Mean square of -44 dBFS: no tone that Q.24 wants found is as quiet.
    private const float Quiet = 200f * 200f;

    private readonly float[] _window = new float[Hop + AudioFrame.Samples];
    private char _candidate;
    private char _down;
    private int _hits;
    private int _misses;
    private bool _silenced;
    private bool _empty = true;

    /// <summary>Judges the next 20 ms.</summary>
    /// <param name="frame">The audio.</param>
    /// <param name="repeated">Whether a lost packet's place was filled with what was before.</param>
    /// <param name="talking">Whether the leg talks already: what it says then is never held back on suspicion.</param>
    public KeyVerdict Hear(ReadOnlySpan<short> frame, bool repeated, bool talking)
    {
        // On most lines there is nothing most of the time, and nothing is no key.
        if (Energy.Of(frame) < Quiet)
        {
            HearNothing();
            return default;
        }

        _empty = false;
        _window.AsSpan(AudioFrame.Samples).CopyTo(_window);
        var current = _window.AsSpan(Hop);
        for (var i = 0; i < frame.Length; i++) current[i] = frame[i];

        var wasDown = _down != '\0';
        var across = ToneGrid.Measure(_window.AsSpan(0, AudioFrame.Samples)).Key;
        var within = ToneGrid.Measure(current).Key;
        var pressed = Judge(across);
        if (Judge(within) is var second and not '\0') pressed = second;

        var silence = wasDown || _down != '\0' || across != '\0' || within != '\0' || (repeated && _silenced) || BeginsLikeTone(current, talking);
        _silenced = silence;
        return new KeyVerdict(silence, pressed);
    }

    /// <summary>Lets 20 ms pass in which nothing was heard.</summary>
    public void HearNothing()
    {
        if (!_empty) Array.Clear(_window);
        _empty = true;
        Judge('\0');
        Judge('\0');
        _silenced = false;
    }

    private char Judge(char key)
    {
        if (key == _down)
        {
            _misses = 0;
        }
        else if (_down != '\0' && ++_misses >= Released)
        {
            _down = '\0';
        }

        _hits = key == '\0' ? 0 : key == _candidate ? _hits + 1 : 1;
        _candidate = key;
        if (_hits < Certain || key == _down) return '\0';
        _down = key;
        _misses = 0;
        return key;
    }

    // A sound that begins within the frame: a tone when what there is of it is one, and too short to be told at the very end.
    private bool BeginsLikeTone(ReadOnlySpan<float> current, bool talking)
    {
        Span<float> slices = stackalloc float[Slices];
        var loudest = 0f;
        for (var i = 0; i < Slices; i++)
        {
            slices[i] = EnergyOf(current.Slice(i * ToneGrid.Step, ToneGrid.Step));
            loudest = Math.Max(loudest, slices[i]);
        }

        if (loudest < Quiet * ToneGrid.Step) return false;
        var onset = 0;
        while (slices[onset] < loudest / 10) onset++;
        if (onset == 0 || !IsBelow(_window.AsSpan(0, Hop), loudest / 10)) return false;
        var rest = current[Math.Min((onset + 1) * ToneGrid.Step, current.Length)..];
        return rest.Length < Shortest ? !talking : ToneGrid.Measure(rest).IsKey;
    }

    private static bool IsBelow(ReadOnlySpan<float> samples, float energy)
    {
        for (; !samples.IsEmpty; samples = samples[ToneGrid.Step..])
            if (EnergyOf(samples[..ToneGrid.Step]) >= energy) return false;
        return true;
    }

    private static float EnergyOf(ReadOnlySpan<float> samples)
    {
        var sum = 0f;
        foreach (var sample in samples) sum += sample * sample;
        return sum;
    }
}
