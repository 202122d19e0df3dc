namespace Interop.Bridges.Media.Codecs;

/// <summary>What a payload type carries.</summary>
public enum RtpFormat
{
    /// <summary>G.711 µ-law at 8 kHz.</summary>
    Pcmu,

    /// <summary>G.711 A-law at 8 kHz.</summary>
    Pcma,

    /// <summary>G.722 at 64 kbit/s: 16 kHz, on an RTP clock of 8 kHz.</summary>
    G722,

    /// <summary>Linear samples at 8 kHz.</summary>
    L16Narrow,

    /// <summary>Linear samples at 16 kHz.</summary>
    L16Wide,

    /// <summary>Opus, on an RTP clock of 48 kHz; only where its library can be loaded.</summary>
    Opus,

    /// <summary>Telephone events (RFC 4733): known, so that they prove the sender, but never played as audio.</summary>
    TelephoneEvent,

    /// <summary>Comfort noise (RFC 3389): the far end is silent, and says how loud its silence is.</summary>
    ComfortNoise,
}

/// <summary>A payload type as a session has agreed it.</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Format">What it carries.</param>
/// <param name="EventClock">The RTP clock of telephone events: that of the voice beside them. Audio has the clock of its coding.</param>
public readonly record struct PayloadFormat(byte PayloadType, RtpFormat Format, int EventClock = AudioFrame.SampleRate);
