using System.Buffers.Binary;

namespace Interop.Tests.Peers.Sound;

/// <summary>What a peer heard: 16-bit samples, mono.</summary>
/// <param name="Samples">In the order heard.</param>
/// <param name="Rate">Samples a second.</param>
public sealed record Recording(short[] Samples, int Rate = ToneFile.Rate)
{
    private const int HeaderBytes = 44;

    /// <summary>How much was heard.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds((double)Samples.Length / Rate);

    /// <summary>Reads a 16-bit WAV, the first channel of it, also one whose writer was killed before it wrote the length.</summary>
    public static Recording Read(string path)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        var chunk = 12;
        while (chunk + 8 <= file.Length && !file.Slice(chunk, 4).SequenceEqual("data"u8))
            chunk += 8 + BinaryPrimitives.ReadInt32LittleEndian(file[(chunk + 4)..]);
        var data = chunk + 8 <= file.Length ? file[(chunk + 8)..] : [];
        var (channels, rate) = file.Length < HeaderBytes ? (1, ToneFile.Rate) : (BinaryPrimitives.ReadInt16LittleEndian(file[22..]), BinaryPrimitives.ReadInt32LittleEndian(file[24..]));
        var samples = new short[data.Length / (2 * channels)];
        for (var index = 0; index < samples.Length; index++)
            samples[index] = BinaryPrimitives.ReadInt16LittleEndian(data[(index * 2 * channels)..]);
        return new Recording(samples, rate);
    }

    /// <summary>What comes after a moment of it.</summary>
    public Recording From(TimeSpan start) => new(Samples[Math.Min(Samples.Length, (int)(start.TotalSeconds * Rate))..], Rate);

    /// <summary>Its last part.</summary>
    public Recording Last(TimeSpan length) => From(Length > length ? Length - length : TimeSpan.Zero);

    /// <summary>How long anything at all was to be heard in it, by the power of each 20 ms.</summary>
    public TimeSpan Sounding => TimeSpan.FromMilliseconds(20 * Samples.Chunk(Rate / 50).Count(IsSound));

    /// <summary>Looks for one tone in it.</summary>
    public ToneMeasure Measure(double hertz) => ToneMeasure.Of(Samples, hertz, Rate);

    // -46 dBFS: far below a voice, far above what a codec makes of silence.
    private static bool IsSound(short[] frame) => frame.Sum(sample => (double)sample * sample) / frame.Length > 160 * 160;
}
