using Interop.Bridges.Media;

namespace Interop.Bridges.Core.Attendant;

/// <summary>Brings speech of another rate to 8 kHz, and to the prompts' level.</summary>
internal static class Resampler
{
    private const int HalfWidth = 16;
    private const double Band = 0.9;
    private const double Level = 3277;
    private const double MostGain = 8;

    /// <summary>The audio at 8 kHz, at about -20 dBFS as the prompts are.</summary>
    public static short[] ToPhone(Wave wave)
    {
        var ratio = (double)wave.SampleRate / AudioFrame.SampleRate;
        var audio = new double[(int)(wave.Samples.Length / ratio)];
        // Below the lower of both halves of the rates: what is above would come back as another tone.
        var cutoff = Band * Math.Min(1, 1 / ratio);
        var reach = (int)Math.Ceiling(HalfWidth / cutoff);
        for (var i = 0; i < audio.Length; i++)
        {
            var center = i * ratio;
            var first = Math.Max(0, (int)center - reach);
            var last = Math.Min(wave.Samples.Length - 1, (int)center + reach);
            for (var j = first; j <= last; j++)
                audio[i] += wave.Samples[j] * Kernel(center - j, cutoff, reach);
        }

        var power = 0.0;
        foreach (var sample in audio)
            power += sample * sample;
        var gain = Math.Min(MostGain, Level / Math.Max(1, Math.Sqrt(power / Math.Max(1, audio.Length))));
        var samples = new short[audio.Length];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)Math.Clamp(audio[i] * gain, short.MinValue, short.MaxValue);
        return samples;
    }

    // A sinc under a raised cosine.
    private static double Kernel(double distance, double cutoff, int reach)
    {
        if (Math.Abs(distance) >= reach)
            return 0;
        var angle = Math.PI * distance * cutoff;
        var sinc = Math.Abs(angle) < 1e-9 ? 1 : Math.Sin(angle) / angle;
        return cutoff * sinc * 0.5 * (1 + Math.Cos(Math.PI * distance / reach));
    }
}
