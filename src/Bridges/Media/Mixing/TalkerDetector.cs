namespace Interop.Bridges.Media.Mixing;

/// <summary>Tells a talker from a silent line by energy against a floor that follows the line's own noise.</summary>
/// <remarks>
/// It opens within the frame that is loud, so no first syllable is cut, and stays open for 500 ms, so no pause between
/// words is. The floor is held below -40 dBFS: what is louder than about -34 dBFS is always talk, also a steady tone.
/// </remarks>
internal struct TalkerDetector
{
    private const int HangFrames = 25;
    private const int QuietestTalk = 45 * 45;
    private const int HighestFloor = 300 * 300;
    private const int Ratio = 4;

    private int _floor;
    private int _hang;

    /// <summary>Whether the line talks, hang time included.</summary>
    public readonly bool Talking => _hang > 0;

    /// <summary>Whether there was a voice in the last 20 ms.</summary>
    public readonly bool Loud => _hang == HangFrames;

    /// <summary>Judges the next 20 ms and returns <see cref="Talking"/>.</summary>
    public bool Hear(ReadOnlySpan<short> frame)
    {
        var energy = (int)Energy.Mean(frame);
        if (energy > Math.Max(QuietestTalk, _floor * Ratio)) _hang = HangFrames + 1;
        if (_hang > 0) _hang--;

        // Down within four frames, up by about 3 dB a second.
        _floor += energy < _floor ? (energy - _floor) / 4 : Math.Min(energy - _floor, 1 + (_floor / 64));
        _floor = Math.Min(_floor, HighestFloor);
        return Talking;
    }

    /// <summary>Judges 20 ms in which nothing was heard.</summary>
    public bool HearNothing()
    {
        if (_hang > 0) _hang--;
        return Talking;
    }
}
