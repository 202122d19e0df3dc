using System.Collections.Immutable;
using System.Net;

namespace Interop.Bridges.Media.Legs;

/// <summary>What a leg looked like at one moment.</summary>
public sealed record LegStatistics
{
    /// <summary>The mode in force.</summary>
    public LegMode Mode { get; init; }

    /// <summary>RTP packets accepted.</summary>
    public long PacketsIn { get; init; }

    /// <summary>RTP packets sent.</summary>
    public long PacketsOut { get; init; }

    /// <summary>Packets that were due and never came in time.</summary>
    public long Lost { get; init; }

    /// <summary>Frames that were made up where audio was missing.</summary>
    public long Concealed { get; init; }

    /// <summary>Times the stream was taken up anew: another source, or a jump of its numbers.</summary>
    public long Resyncs { get; init; }

    /// <summary>Interarrival jitter (RFC 3550 §6.4.1).</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Audio that waits in the jitter buffer.</summary>
    public TimeSpan Depth { get; init; }

    /// <summary>The round trip by RTCP; zero while unknown.</summary>
    public TimeSpan RoundTrip { get; init; }

    /// <summary>The share of our packets that the far end last reported lost, 0 to 1.</summary>
    public double FarEndLoss { get; init; }

    /// <summary>How often it was taken out of the mix since it brought the room's own sound back.</summary>
    public long Loops { get; init; }

    /// <summary>The address that packets come from and go to; null while none came.</summary>
    public IPEndPoint? Latched { get; init; }

    /// <summary>The age of the last accepted packet; null while none came.</summary>
    public TimeSpan? SinceLastPacket { get; init; }

    /// <summary>Whether it talks: energy for a phone, reception for a radio.</summary>
    public bool Talking { get; init; }

    /// <summary>Whether the hub keys it: radios only.</summary>
    public bool Keyed { get; init; }

    /// <summary>The SRTP suite that protects it; null in the clear.</summary>
    public string? Security { get; init; }

    /// <summary>Whether its browser has shaken hands and is still there: browsers only.</summary>
    public bool Connected { get; init; }

    /// <summary>Packets not used, indexed by <see cref="DropReason"/>.</summary>
    public ImmutableArray<long> Dropped { get; init; } = [];

    /// <summary>Packets not used for one reason.</summary>
    public long DroppedBy(DropReason reason) => Dropped[(int)reason];
}
