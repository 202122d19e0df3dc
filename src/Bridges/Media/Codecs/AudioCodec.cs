namespace Interop.Bridges.Media.Codecs;

/// <summary>One audio coding: its measures, and the makers of its two halves. Shared by all legs.</summary>
internal abstract class AudioCodec(int index, Band band, int clockRate, int octetsPerClock)
{
    /// <summary>How many codings there may be: the size of a table by <see cref="Index"/>.</summary>
    public const int Count = 6;

    /// <summary>The most samples that one payload decodes to: 184 ms, which a full Ethernet packet of G.722 holds.</summary>
    public const int LongestDecoded = 2 * 1472;

    /// <summary>The most octets that 20 ms are encoded to.</summary>
    public const int LongestTick = 640;

    private static readonly AudioCodec s_pcmu = new G711Codec(0, G711.MuLawSilence, G711.EncodeMuLaw, G711.DecodeMuLaw);
    private static readonly AudioCodec s_pcma = new G711Codec(1, G711.ALawSilence, G711.EncodeALaw, G711.DecodeALaw);
    private static readonly AudioCodec s_g722 = new G722Codec(2);
    private static readonly AudioCodec s_l16Narrow = new L16Codec(3, Band.Narrow);
    private static readonly AudioCodec s_l16Wide = new L16Codec(4, Band.Wide);
    private static readonly AudioCodec? s_opus = OpusLibrary.IsLoaded ? new OpusCodec(5) : null;

    public static AudioCodec Pcmu => s_pcmu;

    public static AudioCodec Pcma => s_pcma;

    public static AudioCodec G722 => s_g722;

    /// <summary>A small number for tables of what each coding has already been encoded to.</summary>
    public int Index { get; } = index;

    /// <summary>What it is called outside of the engine; both are numbered alike.</summary>
    public RtpFormat Format => (RtpFormat)Index;

    /// <summary>The rate of the samples that it codes.</summary>
    public Band Band { get; } = band;

    /// <summary>The rate of its RTP timestamps.</summary>
    public int ClockRate { get; } = clockRate;

    /// <summary>How far 20 ms move the RTP timestamp.</summary>
    public int TickClock { get; } = clockRate / 50;

    /// <summary>How many octets one unit of the RTP clock has; 0 where a payload is a whole and cannot be cut.</summary>
    public int OctetsPerClock { get; } = octetsPerClock;

    /// <summary>The payload of 20 ms of silence; empty where it depends on what was coded before.</summary>
    public virtual ReadOnlySpan<byte> Silence => default;

    /// <summary>Whether a payload depends on what was coded before.</summary>
    public bool Remembers => Silence.IsEmpty;

    /// <summary>How long a payload lasts, in 1/8000 s.</summary>
    public virtual int TimeIn(ReadOnlySpan<byte> payload) => payload.Length * (AudioFrame.SampleRate / 1000) / (OctetsPerClock * ClockRate / 1000);

    /// <summary>An encoder at its beginning; codings without memory have one for all.</summary>
    public abstract AudioEncoder CreateEncoder();

    /// <summary>A decoder at its beginning; codings without memory have one for all.</summary>
    public abstract AudioDecoder CreateDecoder();

    /// <summary>The coding of a format, or null when the format is not audio or its library is not there.</summary>
    public static AudioCodec? For(RtpFormat format) => format switch
    {
        RtpFormat.Pcmu => s_pcmu,
        RtpFormat.Pcma => s_pcma,
        RtpFormat.G722 => s_g722,
        RtpFormat.L16Narrow => s_l16Narrow,
        RtpFormat.L16Wide => s_l16Wide,
        RtpFormat.Opus => s_opus,
        RtpFormat.TelephoneEvent or RtpFormat.ComfortNoise => null,
    };
}

/// <summary>The sending half of a coding, with what it remembers of the stream.</summary>
internal abstract class AudioEncoder
{
    /// <summary>Encodes 20 ms and returns the payload's length.</summary>
    public abstract int Encode(ReadOnlySpan<short> samples, Span<byte> payload);

    /// <summary>Goes on as another encoder of the same coding would.</summary>
    public virtual void CopyFrom(AudioEncoder other)
    {
    }
}

/// <summary>The receiving half of a coding, with what it remembers of the stream.</summary>
internal abstract class AudioDecoder
{
    /// <summary>Decodes a payload and returns the number of samples; 0 when it cannot be decoded.</summary>
    public abstract int Decode(ReadOnlySpan<byte> payload, Span<short> samples);

    /// <summary>Fills the place of a lost payload with what the coding itself can make of it.</summary>
    /// <param name="following">The payload after the lost one; empty when it has not come.</param>
    /// <param name="samples">The place.</param>
    /// <returns>The number of samples made, perhaps fewer; 0 when the coding has nothing for it.</returns>
    public virtual int Recover(ReadOnlySpan<byte> following, Span<short> samples) => 0;

    /// <summary>Another stream begins.</summary>
    public virtual void Reset()
    {
    }
}
