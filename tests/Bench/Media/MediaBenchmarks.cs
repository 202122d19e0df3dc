using BenchmarkDotNet.Attributes;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Jitter;
using Interop.Bridges.Media.Mixing;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Tests.Bench.Media;

/// <summary>One 20 ms frame through G.711.</summary>
[MemoryDiagnoser]
public class G711Benchmarks
{
    private readonly short[] _samples = new short[AudioFrame.Samples];
    private readonly byte[] _codes = new byte[AudioFrame.Samples];

    [Benchmark]
    public void EncodeMuLaw() => G711.EncodeMuLaw(_samples, _codes);

    [Benchmark]
    public void DecodeMuLaw() => G711.DecodeMuLaw(_codes, _samples);

    [Benchmark]
    public void EncodeALaw() => G711.EncodeALaw(_samples, _codes);
}

/// <summary>20 ms of a voice through each coding that has work to do; Opus needs its library.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private readonly short[] _samples = Sound.Voice(Band.Wide);
    private readonly short[] _decoded = new short[AudioCodec.LongestDecoded];
    private readonly byte[] _payload = new byte[AudioCodec.LongestTick];
    private AudioEncoder _encoder = null!;
    private AudioDecoder _decoder = null!;
    private int _length;

    [Params(RtpFormat.G722, RtpFormat.L16Wide, RtpFormat.Opus)]
    public RtpFormat Format { get; set; }

    [GlobalSetup]
    public void Make()
    {
        var codec = AudioCodec.For(Format) ?? throw new InvalidOperationException($"{Format} cannot be coded here.");
        (_encoder, _decoder) = (codec.CreateEncoder(), codec.CreateDecoder());
        _length = _encoder.Encode(_samples, _payload);
    }

    [Benchmark]
    public int Encode() => _encoder.Encode(_samples, _payload);

    [Benchmark]
    public int Decode() => _decoder.Decode(_payload.AsSpan(0, _length), _decoded);
}

/// <summary>20 ms of a voice brought to the other band, to its level, and made up.</summary>
[MemoryDiagnoser]
public class VoiceBenchmarks
{
    private readonly short[] _wide = Sound.Voice(Band.Wide);
    private readonly short[] _narrow = Sound.Voice(Band.Narrow);
    private readonly short[] _made = new short[320];
    private readonly HalfBand _halfBand = new();
    private readonly LevelControl _level = new(automatic: true);
    private readonly TwoBandFrame _frame = new();
    private readonly LossConcealment _concealment = new();

    [Benchmark]
    public void Up() => _halfBand.Up(_narrow, _made);

    [Benchmark]
    public void Down() => _halfBand.Down(_wide, _made.AsSpan(0, 160));

    [Benchmark]
    public void Level()
    {
        _narrow.CopyTo(_frame.Own);
        _level.Apply(_frame, talking: true);
    }

    [Benchmark]
    public void HeardAndConcealed()
    {
        _concealment.Heard(_narrow, Band.Narrow);
        _concealment.Fill(_made.AsSpan(0, 160));
    }
}

/// <summary>Something like a voice: a tone of 150 Hz with its harmonics.</summary>
internal static class Sound
{
    public static short[] Voice(Band band)
    {
        var samples = new short[band.FrameSamples()];
        for (var i = 0; i < samples.Length; i++)
            for (var harmonic = 1; harmonic < 20; harmonic++)
                samples[i] += (short)(3000 / harmonic * Math.Sin(2 * Math.PI * 150 * harmonic * i / (8000 * band.Scale())));
        return samples;
    }
}

/// <summary>One header in, one out.</summary>
[MemoryDiagnoser]
public class RtpBenchmarks
{
    private readonly byte[] _datagram = new byte[172];

    [GlobalSetup]
    public void Write() => new RtpHeader { Sequence = new(1), Ssrc = 1 }.TryWrite(_datagram);

    [Benchmark]
    public bool Parse() => RtpHeader.TryParse(_datagram, out _, out _);

    [Benchmark]
    public bool Compose() => new RtpHeader { Sequence = new(1), Timestamp = 160, Ssrc = 1 }.TryWrite(_datagram);
}

/// <summary>One frame of a room with so many talkers: the sum, and the sum without each.</summary>
[MemoryDiagnoser]
public class MixBenchmarks
{
    private readonly Mixer _mixer = new();
    private readonly short[] _frame = new short[AudioFrame.Samples];
    private readonly short[] _mix = new short[AudioFrame.Samples];

    [Params(1, 3, 10)]
    public int Talkers { get; set; }

    [Benchmark]
    public void Mix()
    {
        _mixer.Clear();
        for (var i = 0; i < Talkers; i++) _mixer.Add(_frame);
        _mixer.All(_mix);
        for (var i = 0; i < Talkers; i++) _mixer.AllBut(_frame, _mix);
    }
}
