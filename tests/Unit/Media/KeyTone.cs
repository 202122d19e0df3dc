using Interop.Bridges.Media;

namespace Interop.Tests.Unit.Media;

/// <summary>The two tones of a key (ITU-T Q.23), pressed by the sample.</summary>
internal static class KeyTone
{
    public const string Characters = "123A456B789C*0#D";

    // A sine of 0 dBm0 in G.711 µ-law, whose full scale is +3.17 dBm0.
    private const double ZeroLevel = 32_767 * 0.694;

    private static readonly double[] s_rows = [697, 770, 852, 941];
    private static readonly double[] s_columns = [1209, 1336, 1477, 1633];

    /// <summary>Adds a press to a recording.</summary>
    /// <param name="audio">The recording.</param>
    /// <param name="key">The key.</param>
    /// <param name="from">Where in it.</param>
    /// <param name="duration">How long.</param>
    /// <param name="level">Each tone's level in dBm0.</param>
    /// <param name="twist">How much stronger than that the higher tone is, in dB.</param>
    /// <param name="detuned">By which part both frequencies are off.</param>
    public static void Press(Span<short> audio, char key, TimeSpan from, TimeSpan duration, double level = -10, double twist = 0, double detuned = 0)
    {
        var index = Characters.IndexOf(key);
        var low = s_rows[index / 4] * (1 + detuned);
        var high = s_columns[index % 4] * (1 + detuned);
        var (first, count) = (SamplesIn(from), SamplesIn(duration));
        for (var i = 0; i < count && first + i < audio.Length; i++)
        {
            var time = 2 * Math.PI * i / AudioFrame.SampleRate;
            var tone = ZeroLevel * ((Gain(level) * Math.Sin(low * time)) + (Gain(level + twist) * Math.Sin(high * time)));
            audio[first + i] = (short)Math.Clamp(audio[first + i] + tone, short.MinValue, short.MaxValue);
        }
    }

    public static short[] Silence(double seconds) => new short[(int)(seconds * AudioFrame.SampleRate) / AudioFrame.Samples * AudioFrame.Samples];

    public static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);

    private static int SamplesIn(TimeSpan time) => (int)(time.TotalSeconds * AudioFrame.SampleRate);

    private static double Gain(double decibels) => Math.Pow(10, decibels / 20);
}
