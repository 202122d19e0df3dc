namespace Interop.Bridges.Media.Codecs;

/// <summary>What a payload type carries.</summary>
public enum RtpFormat
{
    /// <summary>G.711 µ-law at 8 kHz.</summary>
    Pcmu,

    /// <summary>G.711 A-law at 8 kHz.</summary>
    Pcma,

    /// <summary>Telephone events (RFC 4733): known, so that they prove the sender, but never played as audio.</summary>
    TelephoneEvent,

    /// <summary>Comfort noise (RFC 3389): the far end is silent and says so; it is played as silence.</summary>
    ComfortNoise,
}

/// <summary>A payload type as a session has agreed it.</summary>
public readonly record struct PayloadFormat(byte PayloadType, RtpFormat Format);
