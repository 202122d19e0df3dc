using Interop.Bridges.Media.Mixing;

namespace Interop.Bridges.Media.Prompts;

/// <summary>What is played to one leg alone. Owned by the tick thread.</summary>
internal sealed class PromptLine
{
    private Playback? _playback;
    private HalfBand? _halfBand;
    private short[]? _wide;

    /// <summary>Whether there is something in this tick.</summary>
    public bool Sounds { get; private set; }

    /// <summary>Plays prompts in place of what is being played, or only when nothing is.</summary>
    public void Play(Playback playback, bool ifQuiet)
    {
        if (ifQuiet && _playback is { Ended.IsCompleted: false })
        {
            playback.End(PromptEnd.Refused);
            return;
        }

        End(PromptEnd.Cut);
        _playback = playback;
    }

    /// <summary>Goes on to the next 20 ms; a prompt waits until there is somebody to hear it.</summary>
    public void Advance(bool isHeard)
    {
        Sounds = _playback is not null && isHeard && _playback.Advance();
        if (!Sounds && isHeard) _playback = null;
    }

    /// <summary>This tick's 20 ms; empty when nothing is played.</summary>
    public ReadOnlySpan<short> FrameIn(Band band)
    {
        if (!Sounds) return default;
        if (band == Band.Narrow) return _playback!.Frame;
        (_halfBand ??= new HalfBand()).Up(_playback!.Frame, _wide ??= new short[Band.Wide.FrameSamples()]);
        return _wide;
    }

    public void End(PromptEnd end) => _playback?.End(end);
}
