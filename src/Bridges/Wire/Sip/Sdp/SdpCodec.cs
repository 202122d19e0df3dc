namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>A payload format of an RTP stream: its number, its name and clock (a=rtpmap) and its parameters (a=fmtp).</summary>
public sealed record SdpCodec(int PayloadType, string Name, int ClockRate, int Channels = 1, string? Parameters = null)
{
    /// <summary>G.711 mu-law, static payload type 0.</summary>
    public static readonly SdpCodec Pcmu = new(0, "PCMU", 8000);

    /// <summary>G.711 A-law, static payload type 8.</summary>
    public static readonly SdpCodec Pcma = new(8, "PCMA", 8000);

    /// <summary>G.722, static payload type 9; RFC 3551 gives it a clock of 8 kHz, by an error that is kept, though its sound is 16 kHz.</summary>
    public static readonly SdpCodec G722 = new(9, "G722", 8000);

    /// <summary>Linear samples at 8 kHz.</summary>
    public static readonly SdpCodec L16Narrow = new(109, "L16", 8000);

    /// <summary>Linear samples at 16 kHz.</summary>
    public static readonly SdpCodec L16Wide = new(108, "L16", 16_000);

    /// <summary>Opus; RFC 7587 has it always be <c>opus/48000/2</c>, and what is really sent and liked among the parameters.</summary>
    public static readonly SdpCodec Opus = new(107, "opus", 48_000, 2, "maxplaybackrate=16000;sprop-maxcapturerate=16000;useinbandfec=1");

    /// <summary>Keys and tones as events (RFC 4733), under the number that most phones use.</summary>
    public static readonly SdpCodec TelephoneEvent = new(101, "telephone-event", 8000, 1, "0-15");

    /// <summary>The same beside a voice whose clock is 48 kHz, which it has to share.</summary>
    public static readonly SdpCodec TelephoneEventWide = new(100, "telephone-event", 48_000, 1, "0-15");

    /// <summary>Comfort noise (RFC 3389), static payload type 13.</summary>
    public static readonly SdpCodec ComfortNoise = new(13, "CN", 8000);

    /// <summary>Whether it carries voice: key tones and comfort noise alone do not.</summary>
    public bool IsVoice => !IsEvent && !string.Equals(Name, "CN", StringComparison.OrdinalIgnoreCase);

    /// <summary>The rate of its sound in samples a second, which G.722's clock does not tell.</summary>
    public int SampleRate => string.Equals(Name, G722.Name, StringComparison.OrdinalIgnoreCase) ? 16_000 : ClockRate;

    /// <summary>Whether it carries keys and tones as events (RFC 4733).</summary>
    public bool IsEvent => string.Equals(Name, "telephone-event", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an event of this number, 0 to 15 for the keys, is among its parameters; none written means 0 to 15.</summary>
    public bool TakesEvent(int number)
    {
        if (!IsEvent) return false;
        foreach (var item in (string.IsNullOrWhiteSpace(Parameters) ? "0-15" : Parameters).Split(','))
        {
            var dash = item.IndexOf('-', StringComparison.Ordinal);
            var first = dash < 0 ? item : item[..dash];
            var last = dash < 0 ? item : item[(dash + 1)..];
            if (int.TryParse(first, out var from) && int.TryParse(last, out var to) && number >= from && number <= to) return true;
        }

        return false;
    }

    /// <summary>Whether both name the same format, whatever number each gives it.</summary>
    public bool SameFormat(SdpCodec other) =>
        string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase) && ClockRate == other.ClockRate && Channels == other.Channels;

    /// <summary>What RFC 3551 assigns to a number that stands without rtpmap.</summary>
    internal static SdpCodec? Static(int payloadType) => payloadType switch
    {
        0 => Pcmu,
        3 => new(3, "GSM", 8000),
        4 => new(4, "G723", 8000),
        8 => Pcma,
        9 => G722,
        13 => ComfortNoise,
        15 => new(15, "G728", 8000),
        18 => new(18, "G729", 8000),
        _ => null,
    };
}
