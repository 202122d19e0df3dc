namespace Interop.Bridges.Media.Codecs;

internal delegate void Compress(ReadOnlySpan<short> linear, Span<byte> codes);

internal delegate void Expand(ReadOnlySpan<byte> codes, Span<short> linear);

/// <summary>G.711 by one of its laws.</summary>
internal sealed class G711Codec : AudioCodec
{
    private readonly byte[] _silence = new byte[AudioFrame.Samples];
    private readonly Encoder _encoder;
    private readonly Decoder _decoder;

    public G711Codec(int index, byte silence, Compress compress, Expand expand)
        : base(index, Band.Narrow, AudioFrame.SampleRate, octetsPerClock: 1)
    {
        _silence.AsSpan().Fill(silence);
        (_encoder, _decoder) = (new(compress), new(expand));
    }

    public override ReadOnlySpan<byte> Silence => _silence;

    public override AudioEncoder CreateEncoder() => _encoder;

    public override AudioDecoder CreateDecoder() => _decoder;

    private sealed class Encoder(Compress compress) : AudioEncoder
    {
        public override int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
        {
            compress(samples, payload);
            return samples.Length;
        }
    }

    private sealed class Decoder(Expand expand) : AudioDecoder
    {
        public override int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
        {
            expand(payload, samples);
            return payload.Length;
        }
    }
}
