namespace Interop.Bridges.Media.Prompts;

/// <summary>Something that can be said to one leg: 16-bit linear audio at 8 kHz, read once and shared by all who hear it.</summary>
public sealed class PromptAudio(ReadOnlySpan<short> samples)
{
    private readonly short[] _samples = samples.ToArray();

    /// <summary>Its samples.</summary>
    public ReadOnlySpan<short> Samples => _samples;

    /// <summary>How long it lasts.</summary>
    public TimeSpan Duration => new(_samples.Length * TimeSpan.TicksPerSecond / AudioFrame.SampleRate);

    /// <summary>A pause.</summary>
    public static PromptAudio Silence(TimeSpan duration) => new(new short[duration.Ticks * AudioFrame.SampleRate / TimeSpan.TicksPerSecond]);
}
