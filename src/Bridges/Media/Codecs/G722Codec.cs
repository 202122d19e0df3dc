namespace Interop.Bridges.Media.Codecs;

/// <summary>ITU-T G.722 in its mode of 64 kbit/s.</summary>
/// <remarks>RFC 3551 §4.5.2: its RTP clock is 8 kHz, by an error that is kept, though its samples are 16 kHz.</remarks>
internal sealed class G722Codec(int index) : AudioCodec(index, Band.Wide, AudioFrame.SampleRate, octetsPerClock: 1)
{
    public override AudioEncoder CreateEncoder() => new Encoder();

    public override AudioDecoder CreateDecoder() => new Decoder();

    private sealed class Encoder : AudioEncoder
    {
        private G722Encoder _state = new();

        public override int Encode(ReadOnlySpan<short> samples, Span<byte> payload) => _state.Encode(samples, payload);

        public override void CopyFrom(AudioEncoder other) => _state = ((Encoder)other)._state;
    }

    private sealed class Decoder : AudioDecoder
    {
        private G722Decoder _state = new();

        public override int Decode(ReadOnlySpan<byte> payload, Span<short> samples) => _state.Decode(payload, samples);

        public override void Reset() => _state = new G722Decoder();
    }
}
