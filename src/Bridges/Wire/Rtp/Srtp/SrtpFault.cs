namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>Why a packet could not be protected, or was not accepted.</summary>
public enum SrtpFault
{
    /// <summary>None.</summary>
    None,

    /// <summary>Not RTP or RTCP, or too short to hold its header and a tag.</summary>
    Malformed,

    /// <summary>Longer than <see cref="SrtpLimits.LongestPacket"/>, or the buffer has no room for the tag.</summary>
    TooLong,

    /// <summary>The tag does not fit: forged, damaged, in the clear, or protected with another key.</summary>
    Unauthenticated,

    /// <summary>It came before, or is older than the window in which that can be told; to be sent, it would use a keystream again.</summary>
    Replayed,

    /// <summary>RTCP without the E bit: authenticated perhaps, and readable by anybody (RFC 3711 section 3.4).</summary>
    NotEncrypted,

    /// <summary>A source beyond the most that one key may have.</summary>
    TooManySources,

    /// <summary>The key has protected as many packets as it may (RFC 3711 section 9.2).</summary>
    KeyExhausted,
}

/// <summary>What bounds the work and the memory of one key.</summary>
public static class SrtpLimits
{
    /// <summary>The longest packet, in octets; more than any network carries in one piece.</summary>
    public const int LongestPacket = 2048;

    /// <summary>The most that protecting adds to a packet: a tag of 16 octets and, for RTCP, the index of 4.</summary>
    public const int MostOverhead = 20;

    /// <summary>The most synchronization sources under one key.</summary>
    public const int MostSources = 64;

    /// <summary>48 bits of packet index and 31 of RTCP's (RFC 3711 section 9.2).</summary>
    internal const ulong LastIndex = (1UL << 48) - 1, LastRtcpIndex = (1UL << 31) - 1;
}
