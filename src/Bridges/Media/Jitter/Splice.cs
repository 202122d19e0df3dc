namespace Interop.Bridges.Media.Jitter;

/// <summary>Makes a frame of somewhat more or somewhat less sound than it lasts, by leaving out or repeating what is most like its neighbour.</summary>
/// <remarks>In a voice that is a pitch period or two, in a pause anything; neither is heard. This is how a buffer follows a clock that drifts.</remarks>
internal static class Splice
{
    /// <summary>The most samples, of 8 kHz, that a splice adds or takes.</summary>
    public const int Longest = Pitch.Longest;

    private const int Crossing = AudioFrame.Samples / 4;

    /// <summary>Makes a frame of a longer sound, and returns how many samples of the sound it used.</summary>
    /// <param name="sound">A frame and <see cref="Longest"/> more.</param>
    /// <param name="frame">What is made.</param>
    /// <param name="scale">Samples per sample of 8 kHz.</param>
    public static int Shorten(ReadOnlySpan<short> sound, Span<short> frame, int scale)
    {
        var crossing = Crossing * scale;
        var start = (Longest * scale) + crossing;
        var shift = Pitch.Find(sound, start, crossing, scale);
        var at = start - shift;
        sound[..at].CopyTo(frame);
        Cross(sound.Slice(at, crossing), sound.Slice(start, crossing), frame[at..]);
        sound[(start + crossing)..(frame.Length + shift)].CopyTo(frame[(at + crossing)..]);
        return frame.Length + shift;
    }

    /// <summary>Makes a frame of a shorter sound, and returns how many samples of the sound it used.</summary>
    /// <param name="sound">A frame, the end of which is left over.</param>
    /// <param name="frame">What is made.</param>
    /// <param name="scale">Samples per sample of 8 kHz.</param>
    public static int Lengthen(ReadOnlySpan<short> sound, Span<short> frame, int scale)
    {
        var crossing = Crossing * scale;
        var at = frame.Length - crossing;
        var shift = Pitch.Find(sound, at, crossing, scale);
        sound[..at].CopyTo(frame);
        Cross(sound.Slice(at, crossing), sound.Slice(at - shift, crossing), frame[at..]);
        return frame.Length - shift;
    }

    private static void Cross(ReadOnlySpan<short> from, ReadOnlySpan<short> to, Span<short> made)
    {
        for (var i = 0; i < from.Length; i++) made[i] = (short)(((from[i] * (from.Length - i)) + (to[i] * (i + 1))) / (from.Length + 1));
    }
}
