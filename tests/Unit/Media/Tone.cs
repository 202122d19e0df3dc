using Interop.Bridges.Media;

namespace Interop.Tests.Unit.Media;

/// <summary>A sine that goes on from frame to frame, and the measure of how much of it is in a recording.</summary>
internal sealed class Tone(double frequency, double amplitude = 8000, int rate = AudioFrame.SampleRate)
{
    private long _position;

    public double Frequency => frequency;

    public short[] Next(int samples = AudioFrame.Samples)
    {
        var frame = new short[samples];
        for (var i = 0; i < samples; i++)
            frame[i] = (short)(amplitude * Math.Sin(2 * Math.PI * frequency * _position++ / rate));
        return frame;
    }

    /// <summary>The tone's amplitude in the samples, by Goertzel's recurrence.</summary>
    public static double AmplitudeOf(double frequency, ReadOnlySpan<short> samples, int rate = AudioFrame.SampleRate)
    {
        if (samples.IsEmpty) return 0;
        var coefficient = 2 * Math.Cos(2 * Math.PI * frequency / rate);
        double before = 0, beforeThat = 0;
        foreach (var sample in samples)
        {
            var now = sample + (coefficient * before) - beforeThat;
            (beforeThat, before) = (before, now);
        }

        var power = (before * before) + (beforeThat * beforeThat) - (coefficient * before * beforeThat);
        return 2 * Math.Sqrt(Math.Max(0, power)) / samples.Length;
    }
}
