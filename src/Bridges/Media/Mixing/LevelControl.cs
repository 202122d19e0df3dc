namespace Interop.Bridges.Media.Mixing;

/// <summary>One leg's gain: what a dispatcher set, and what brings its voice to the level of all others.</summary>
/// <remarks>
/// The level is that of speech alone: pauses change neither measure nor gain, so that noise is never drawn up. A voice within 6 dB
/// of the common level is left exactly as it is, since only then may its packets be passed on untouched. Whatever the gain, a
/// frame that it would drive beyond full scale gets less at once. Owned by the tick thread.
/// </remarks>
internal sealed class LevelControl(bool automatic)
{
    /// <summary>The bound of what may be set, in dB either way.</summary>
    public const double MostSet = 20;

    // dBFS of the power of a voice while it speaks. What telephones are made for, -26, is left alone, and so are our prompts at -20.
    private const double Target = -23;
    private const double DeadBand = 6;

    // A voice at the edge would else be changed and let go again for ever.
    private const double Hysteresis = 2;
    private const double MostAutomatic = 12;

    // Up by 3 dB a second and down by 6, of speech; the measure is of about the last two seconds of it.
    private const double UpPerFrame = 0.06;
    private const double DownPerFrame = 0.12;
    private const double Memory = 1 / 100.0;

    // So many frames of speech before anything is changed, and speech is no more than 15 dB below what was measured.
    private const int FramesToKnow = 25;
    private const double Pause = 0.03;
    private const float Ceiling = 32_000;

    private double _power;
    private int _frames;
    private double _automatic;
    private double _set;
    private float _factor = 1;

    /// <summary>Whether the voice passes as it came, bit for bit.</summary>
    public bool IsUnity => _factor == 1 && Wanted == 1;

    /// <summary>Whether the level is followed.</summary>
    public bool Automatic { get; set; } = automatic;

    /// <summary>What a dispatcher set, in dB.</summary>
    public double Set
    {
        get => _set;
        set => _set = Math.Clamp(value, -MostSet, MostSet);
    }

    private float Wanted => Gain.Factor(_set + (Automatic ? _automatic : 0));

    /// <summary>Another voice may speak from now on.</summary>
    public void Restart()
    {
        _frames = 0;
        _automatic = 0;
    }

    /// <summary>Measures the next 20 ms, and brings them to their level.</summary>
    /// <param name="frame">The audio, in each band that it has.</param>
    /// <param name="talking">Whether there is a voice in it, or a pause after one.</param>
    public void Apply(TwoBandFrame frame, bool talking)
    {
        if (talking && Automatic) Follow(frame.Own);
        var wanted = Wanted;
        if (wanted > 1) wanted = Math.Max(1, Math.Min(wanted, Ceiling / PeakOf(frame.Own)));
        if (wanted == 1 && _factor == 1) return;
        // Less for a loud frame is needed from its first sample on; everything else goes evenly.
        frame.Amplify(wanted < _factor && _factor > 1 ? wanted : _factor, wanted);
        _factor = wanted;
    }

    private void Follow(ReadOnlySpan<short> frame)
    {
        var power = Energy.Mean(frame) + (1.0 / frame.Length);
        if (_frames > 0 && power < _power * Pause) return;
        _power += (power - _power) * Math.Max(Memory, 1.0 / ++_frames);
        if (_frames < FramesToKnow) return;

        var off = Target - (10 * Math.Log10(_power / (32_768.0 * 32_768.0)));
        var wanted = Math.Abs(off) <= (_automatic == 0 ? DeadBand : DeadBand - Hysteresis) ? 0 : Math.Clamp(off, -MostAutomatic, MostAutomatic);
        _automatic = Math.Clamp(wanted, _automatic - DownPerFrame, _automatic + UpPerFrame);
    }

    private static float PeakOf(ReadOnlySpan<short> frame)
    {
        var peak = 1;
        foreach (var sample in frame) peak = Math.Max(peak, Math.Abs((int)sample));
        return peak;
    }
}
