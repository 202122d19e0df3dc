namespace Interop.Bridges.Wire.Rtp;

/// <summary>Why a datagram is not RTP or RTCP.</summary>
public enum RtpErrorKind
{
    /// <summary>It is well formed.</summary>
    None,

    /// <summary>It ends before what its header announces.</summary>
    Truncated,

    /// <summary>The version field is not 2.</summary>
    Version,

    /// <summary>The padding is longer than the payload, or zero, or in a place that may not be padded.</summary>
    Padding,

    /// <summary>A packet type that may not stand here, such as a compound that does not begin with a report.</summary>
    PacketType,

    /// <summary>The length field does not agree with the counts or with the datagram.</summary>
    Length,
}

/// <summary>The first thing wrong with a datagram, and the byte at which it shows.</summary>
public readonly record struct RtpParseError(RtpErrorKind Kind, int Offset);
