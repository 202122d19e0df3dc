using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>A half-duplex radio channel behind an RTP gateway, keyed by the presence of RTP.</summary>
public sealed record RadioSettings
{
    /// <summary>Where the gateway sends what the radio hears: a local address, or a group to join; null for transmit only.</summary>
    public IPEndPoint? Receive { get; init; }

    /// <summary>Where the gateway listens: its address or a group; null for receive only.</summary>
    public IPEndPoint? Transmit { get; init; }

    /// <summary>The local address of the network interface for multicast, of the gateway's family; null for the loopback.</summary>
    public IPAddress? Interface { get; init; }

    /// <summary>The payload type and coding in both directions.</summary>
    public PayloadFormat Payload { get; init; } = new(0, RtpFormat.Pcmu);

    /// <summary>The packet time that the gateway expects: 20, 40 or 60 ms. Any is received.</summary>
    public TimeSpan PacketTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The time to live, or hop limit, of multicast packets.</summary>
    public int Ttl { get; init; } = 1;

    /// <summary>Reception ends when no packet came for so long: 100 to 300 ms.</summary>
    public TimeSpan Hang { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>For so long after the hub unkeys, what arrives is the repeater's tail and not reception: at most 5 s.</summary>
    public TimeSpan Tail { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest that the hub keys the radio without a pause.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Names the channel: legs of one that receive at one address, in several rooms, all hear what comes there; null shares with nobody.</summary>
    public string? Net { get; init; }

    /// <summary>The mode until it is changed.</summary>
    public LegMode Mode { get; init; } = LegMode.Talk;

    /// <summary>IPv4 or IPv6, as its addresses are.</summary>
    internal AddressFamily Family => (Receive ?? Transmit)!.AddressFamily;

    internal AudioCodec Codec => AudioCodec.For(Payload.Format) ?? AudioCodec.Pcmu;

    internal MediaRefusal? Validate()
    {
        if (Receive is null && Transmit is null) return Refuse("A radio needs a receive or a transmit address.");
        if (Receive is { } receive && (receive.Port == 0 || receive.Address.IsIPv4MappedToIPv6)) return Refuse("The receive address must be IPv4 or IPv6 with a port.");
        if (Transmit is { } transmit && (transmit.Address.IsIPv4MappedToIPv6 || Destination.Of(transmit, Family) is null))
            return Refuse("The transmit address must have a port and be of the same family, IPv4 or IPv6, as the receive address.");
        if (Interface is { } local && local.AddressFamily != Family) return Refuse("The interface must be an address of the same family, IPv4 or IPv6, as the gateway's.");
        if (AudioCodec.For(Payload.Format) is null || Payload.PayloadType > 127) return Refuse("The payload must be audio that this node can code, under a number below 128.");
        if (PacketTime.TotalMilliseconds is not (20 or 40 or 60)) return Refuse("The packet time must be 20, 40 or 60 ms.");
        if (Ttl is < 0 or > 255) return Refuse("The TTL must be 0 to 255.");
        if (Hang.TotalMilliseconds is < 100 or > 300) return Refuse("The hang time must be 100 to 300 ms.");
        if (Tail.TotalSeconds is < 0 or > 5) return Refuse("The tail time must be 0 to 5 s.");
        if (TimeOut <= TimeSpan.Zero) return Refuse("The time-out must be positive.");
        return null;
    }

    private static MediaRefusal Refuse(string text) => new("radio-settings", text);
}
