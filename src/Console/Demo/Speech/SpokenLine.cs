using System.Reflection;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;

namespace Interop.Console.Demo.Speech;

/// <summary>One line as it is spoken, in linear samples at 8 kHz.</summary>
internal sealed class SpokenLine
{
    private SpokenLine(string name, short[] samples)
    {
        Name = name;
        Samples = samples;
    }

    public string Name { get; }

    public ReadOnlyMemory<short> Samples { get; }

    public TimeSpan Length => TimeSpan.FromSeconds(Samples.Length / (double)AudioFrame.SampleRate);

    /// <summary>Reads a line of Speech/Lines.</summary>
    /// <exception cref="ArgumentException">There is no such line: the script and the folder disagree.</exception>
    public static SpokenLine Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.ulaw")
            ?? throw new ArgumentException($"There is no spoken line \"{name}\".", nameof(name));
        var codes = new byte[stream.Length];
        stream.ReadExactly(codes);
        var samples = new short[codes.Length];
        G711.DecodeMuLaw(codes, samples);
        return new SpokenLine(name, samples);
    }
}
