using System.Buffers.Binary;

namespace Interop.Tests.Peers.Sound;

/// <summary>A stretch of a tone, or of silence.</summary>
/// <param name="Hertz">A multiple of 50, so that tones are orthogonal over 20 ms; null for silence.</param>
/// <param name="Length">How long.</param>
public readonly record struct Stretch(double? Hertz, TimeSpan Length);

/// <summary>What a peer says: tones at 8 kHz, mono.</summary>
public static class ToneFile
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 8_000;

    // Loud as a clear voice; two or three of them still sum below clipping.
    private const double Amplitude = 0.25 * short.MaxValue;
    private const int HeaderBytes = 44;

    /// <summary>The samples of the stretches, one after the other.</summary>
    public static short[] Samples(params ReadOnlySpan<Stretch> stretches) => SamplesAt(Rate, stretches);

    /// <summary>The same at another rate.</summary>
    public static short[] SamplesAt(int rate, params ReadOnlySpan<Stretch> stretches)
    {
        var samples = new List<short>();
        foreach (var (hertz, length) in stretches)
        {
            var count = (int)(length.TotalSeconds * rate);
            for (var index = 0; index < count; index++)
                samples.Add(hertz is { } tone ? (short)(Amplitude * Math.Sin(2 * Math.PI * tone * samples.Count / rate)) : (short)0);
        }

        return [.. samples];
    }

    /// <summary>Writes a 16-bit WAV, each channel of it the same.</summary>
    public static void WriteWav(string path, ReadOnlySpan<short> samples, int rate = Rate, int channels = 1)
    {
        var file = new byte[HeaderBytes + (samples.Length * 2 * channels)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), rate * 2 * channels);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), (short)(2 * channels));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples.Length * 2 * channels);
        for (var index = 0; index < samples.Length * channels; index++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderBytes + (index * 2)), samples[index / channels]);
        File.WriteAllBytes(path, file);
    }
}
