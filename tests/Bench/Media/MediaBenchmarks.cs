using BenchmarkDotNet.Attributes;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
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
