namespace Interop.Bridges.Media;

/// <summary>The measure of everything that is mixed: 20 ms of 16-bit linear audio, at 8 kHz unless it is said to be wide.</summary>
public static class AudioFrame
{
    /// <summary>Samples in a second.</summary>
    public const int SampleRate = 8000;

    /// <summary>Samples in a frame.</summary>
    public const int Samples = 160;

    /// <summary>The length of a frame, and the period of the tick.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A time on the 8 kHz media clock; it wraps like an RTP timestamp.</summary>
    internal static uint ClockOf(TimeSpan time) => ClockOf(time, SampleRate);

    /// <summary>A time on a media clock of another rate.</summary>
    internal static uint ClockOf(TimeSpan time, int rate) => 
        (uint)((time.Ticks / TimeSpan.TicksPerSecond * rate) + (time.Ticks % TimeSpan.TicksPerSecond * rate / TimeSpan.TicksPerSecond));
}
