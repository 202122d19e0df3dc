namespace Interop.Bridges.Media.Legs;

/// <summary>Why a packet was not used.</summary>
public enum DropReason
{
    /// <summary>Not RTP.</summary>
    Malformed,

    /// <summary>Not RTCP, or with false lengths.</summary>
    MalformedRtcp,

    /// <summary>A payload type that was not agreed.</summary>
    UnknownPayload,

    /// <summary>From an address that the leg is not latched to.</summary>
    ForeignSource,

    /// <summary>From the right address with a synchronization source that has not proved itself.</summary>
    ForeignSsrc,

    /// <summary>Not under the leg's SRTP key: forged, damaged, or in the clear.</summary>
    Unauthenticated,

    /// <summary>Under the leg's key, and it came before or is too old to tell.</summary>
    Replayed,

    /// <summary>Our own packet, returned by multicast loopback.</summary>
    OwnEcho,

    /// <summary>Arrived while the hub keyed the radio, or in its tail time.</summary>
    RadioTail,

    /// <summary>The leg receives nothing: a transmit-only radio.</summary>
    NotReceiving,

    /// <summary>A sequence number that is held already.</summary>
    Duplicate,

    /// <summary>Came after its audio was due.</summary>
    Late,

    /// <summary>A sequence number far from all others.</summary>
    OutOfWindow,

    /// <summary>A payload longer than any agreed packet time.</summary>
    TooLong,

    /// <summary>Thrown away because the node had stalled.</summary>
    Stale,

    /// <summary>Protected packets that were not made with the keys of the leg, or that came twice.</summary>
    Unauthentic,

    /// <summary>Not sent: the fence is down.</summary>
    Fenced,

    /// <summary>Not sent: it could not be protected.</summary>
    Unprotected,

    /// <summary>Not sent: the system did not take it.</summary>
    SendFailed,
}
