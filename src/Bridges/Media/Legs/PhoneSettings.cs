using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Media.Codecs;

namespace Interop.Bridges.Media.Legs;

/// <summary>How a phone leg begins.</summary>
public sealed record PhoneSettings
{
    /// <summary>The mode until it is changed.</summary>
    public LegMode Mode { get; init; } = LegMode.Talk;

    /// <summary>The family of the address to bind to; null, or one that is not bound, takes the first address.</summary>
    public AddressFamily? Family { get; init; }
}

/// <summary>The address of a phone leg for the SDP; RTCP is on the next port unless multiplexed.</summary>
public sealed record PhonePort(IPEndPoint Local);

/// <summary>What the far end's SDP said.</summary>
public sealed record PhoneRemote
{
    /// <summary>Its audio address; 0.0.0.0 or port 0 is none, and then nothing is sent until it is heard.</summary>
    public required IPEndPoint Rtp { get; init; }

    /// <summary>Where its voice comes from, as far as its SDP says, also when it wants none; else <see cref="Rtp"/>.</summary>
    public IPEndPoint? From { get; init; }

    /// <summary>The address that it signals from; null when unknown.</summary>
    public IPAddress? Signals { get; init; }

    /// <summary>Its RTCP address when it said one; otherwise the port after <see cref="Rtp"/>.</summary>
    public IPEndPoint? Rtcp { get; init; }

    /// <summary>Whether RTCP shares the RTP port (RFC 5761).</summary>
    public bool RtcpMux { get; init; }

    /// <summary>What to send.</summary>
    public required PayloadFormat Send { get; init; }

    /// <summary>How much sound it likes to get in a packet: 10 to 60 ms. Any is received.</summary>
    public TimeSpan PacketTime { get; init; } = AudioFrame.Duration;

    /// <summary>What may be received.</summary>
    public required ImmutableArray<PayloadFormat> Accept { get; init; }

    /// <summary>The keys of SRTP and SRTCP; null in the clear. Keys other than before begin our stream anew.</summary>
    public SrtpKeys? Keys { get; init; }

    /// <summary>Whether it had other keys in this call before; if it goes on with those, that is reported.</summary>
    public bool KeysRenewed { get; init; }

    /// <summary>Latch anew even though the address is the same; a changed address always does.</summary>
    public bool Relatch { get; init; }
}
