using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Codecs;

/// <summary>L16 (RFC 3551 §4.5.11): the samples themselves, high octet first. The static types are 44.1 kHz and not for telephony.</summary>
internal sealed class L16Codec(int index, Band band) : AudioCodec(index, band, AudioFrame.SampleRate * band.Scale(), octetsPerClock: 2)
{
    private static readonly Encoder s_encoder = new();
    private static readonly Decoder s_decoder = new();
    private readonly byte[] _silence = new byte[2 * band.FrameSamples()];

    public override ReadOnlySpan<byte> Silence => _silence;

    public override AudioEncoder CreateEncoder() => s_encoder;

    public override AudioDecoder CreateDecoder() => s_decoder;

    private static void Swap(ReadOnlySpan<short> source, Span<short> target)
    {
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(source, target);
        else source.CopyTo(target);
    }

    private sealed class Encoder : AudioEncoder
    {
        public override int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
        {
            Swap(samples, MemoryMarshal.Cast<byte, short>(payload));
            return 2 * samples.Length;
        }
    }

    private sealed class Decoder : AudioDecoder
    {
        public override int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
        {
            Swap(MemoryMarshal.Cast<byte, short>(payload), samples);
            return payload.Length / 2;
        }
    }
}
