namespace Interop.Bridges.Wire.Rtp;

/// <summary>What a datagram on a media port claims to be.</summary>
public enum DatagramKind
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>A STUN message.</summary>
    Stun,

    /// <summary>A DTLS record.</summary>
    Dtls,

    /// <summary>An RTP packet.</summary>
    Rtp,

    /// <summary>An RTCP compound.</summary>
    Rtcp,
}

/// <summary>Tells apart what may share one media port.</summary>
public static class Demultiplexer
{
    /// <summary>Judges by the first byte (RFC 7983 §7) and, between RTP and RTCP, by the second (RFC 5761 §4).</summary>
    public static DatagramKind Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 2) return DatagramKind.Unknown;
        return datagram[0] switch
        {
            <= 3 => DatagramKind.Stun,
            >= 20 and <= 63 => DatagramKind.Dtls,
            >= 128 and <= 191 => datagram[1] is >= 192 and <= 223 ? DatagramKind.Rtcp : DatagramKind.Rtp,
            _ => DatagramKind.Unknown,
        };
    }
}
