using Xunit;

namespace Interop.Tests.Peers.Sound;

/// <summary>What is asserted of a recording, with the measures in the failure.</summary>
public static class Ear
{
    /// <summary>A listener of a good connection notices no hole as short as this.</summary>
    public static TimeSpan Unnoticed { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A tone that stops or starts may leave its edge in so much of a recording.</summary>
    private static readonly TimeSpan Edge = TimeSpan.FromMilliseconds(60);

    /// <summary>The tone was there for at least a time, and without a hole.</summary>
    /// <param name="recording">What was heard.</param>
    /// <param name="hertz">The tone.</param>
    /// <param name="atLeast">How long it has to be there.</param>
    /// <param name="who">Who heard it, for the failure.</param>
    /// <param name="stood">For how long the machine itself stood still meanwhile, whoever was to run.</param>
    public static void Hears(Recording recording, double hertz, TimeSpan atLeast, string who, TimeSpan stood = default)
    {
        var tone = recording.Measure(hertz);
        Assert.True(
            tone.Present >= atLeast - stood && tone.LongestGap <= Unnoticed + stood,
            $"{who} should hear {hertz} Hz for {atLeast.TotalSeconds:0.##} s without a hole, and of {recording.Length.TotalSeconds:0.##} s heard {tone}; "
            + $"the machine stood still for {stood.TotalMilliseconds:0} ms.");
    }

    /// <summary>The tone was never there, and lies 30 dB or more below one that was.</summary>
    public static void DoesNotHear(Recording recording, double hertz, double besides, string who)
    {
        var tone = recording.Measure(hertz);
        var other = recording.Measure(besides);
        Assert.True(
            tone.Present <= Edge && tone.LevelDb <= other.LevelDb - ToneMeasure.SilentDb,
            $"{who} should not hear {hertz} Hz, and heard {tone}, beside {besides} Hz at {other.LevelDb:0.#} dB.");
    }

    /// <summary>The tone was never there; nothing need be said of what else was.</summary>
    public static void HearsNone(Recording recording, double hertz, string who)
    {
        var tone = recording.Measure(hertz);
        Assert.True(tone.Present <= Edge, $"{who} should not hear {hertz} Hz, and heard {tone}.");
    }
}
