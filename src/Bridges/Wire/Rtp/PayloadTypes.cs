namespace Interop.Bridges.Wire.Rtp;

/// <summary>The static payload types of RFC 3551 §6 that this hub knows.</summary>
public static class PayloadTypes
{
    /// <summary>G.711 µ-law, 8 kHz.</summary>
    public const byte Pcmu = 0;

    /// <summary>G.711 A-law, 8 kHz.</summary>
    public const byte Pcma = 8;

    /// <summary>Comfort noise (RFC 3389).</summary>
    public const byte ComfortNoise = 13;
}
