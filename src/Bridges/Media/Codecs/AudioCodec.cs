namespace Interop.Bridges.Media.Codecs;

/// <summary>One audio coding. Stateless codings are shared by all legs.</summary>
internal abstract class AudioCodec
{
    /// <summary>How many codings there are: the size of a table by <see cref="Index"/>.</summary>
    public const int Count = 2;

    public static AudioCodec Pcmu { get; } = new MuLawCodec();

    public static AudioCodec Pcma { get; } = new ALawCodec();

    /// <summary>A small number for tables of what each coding has already been encoded to.</summary>
    public abstract int Index { get; }

    /// <summary>How many samples a payload of this length holds.</summary>
    public abstract int SamplesIn(int payloadLength);

    /// <summary>The payload length of so many samples.</summary>
    public abstract int LengthOf(int samples);

    /// <summary>Decodes a payload and returns the number of samples.</summary>
    public abstract int Decode(ReadOnlySpan<byte> payload, Span<short> samples);

    /// <summary>Encodes samples and returns the payload's length.</summary>
    public abstract int Encode(ReadOnlySpan<short> samples, Span<byte> payload);

    /// <summary>The coding of a format, or null when the format is not audio.</summary>
    public static AudioCodec? For(RtpFormat format) => format switch
    {
        RtpFormat.Pcmu => Pcmu,
        RtpFormat.Pcma => Pcma,
        RtpFormat.TelephoneEvent or RtpFormat.ComfortNoise => null,
    };

    private sealed class MuLawCodec : AudioCodec
    {
        public override int Index => 0;

        public override int SamplesIn(int payloadLength) => payloadLength;

        public override int LengthOf(int samples) => samples;

        public override int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
        {
            G711.DecodeMuLaw(payload, samples);
            return payload.Length;
        }

        public override int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
        {
            G711.EncodeMuLaw(samples, payload);
            return samples.Length;
        }
    }

    private sealed class ALawCodec : AudioCodec
    {
        public override int Index => 1;

        public override int SamplesIn(int payloadLength) => payloadLength;

        public override int LengthOf(int samples) => samples;

        public override int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
        {
            G711.DecodeALaw(payload, samples);
            return payload.Length;
        }

        public override int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
        {
            G711.EncodeALaw(samples, payload);
            return samples.Length;
        }
    }
}
