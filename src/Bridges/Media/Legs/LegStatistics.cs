using System.Collections.Immutable;
using System.Net;
using Interop.Bridges.Media.Codecs;

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

    /// <summary>Packets that the far end numbered since its source began, by RFC 3550 A.3.</summary>
    public long Expected { get; init; }

    /// <summary>Of these, those that never came (RFC 3550 A.3); fewer than none where packets were doubled on the way.</summary>
    public long LostOnTheWay { get; init; }

    /// <summary>Interarrival jitter (RFC 3550 §6.4.1).</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Audio that waits in the jitter buffer.</summary>
    public TimeSpan Depth { get; init; }

    /// <summary>How much sound a packet brings; zero while none came.</summary>
    public TimeSpan PacketTime { get; init; }

    /// <summary>The round trip by RTCP; null while unknown.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>The share of our packets that the far end last reported lost, 0 to 1.</summary>
    public double FarEndLoss { get; init; }

    /// <summary>How many packets the far end last said that it has sent; 0 while it said none.</summary>
    public long FarEndSent { get; init; }

    /// <summary>The age of the last RTCP that came from there, whatever it said; null while none came.</summary>
    public TimeSpan? SinceFarEndControl { get; init; }

    /// <summary>The age of its last report on our sound; null while there was none.</summary>
    public TimeSpan? SinceFarEndReport { get; init; }

    /// <summary>The age of its last report by which more of our sound had arrived than by the one before; null while there was none.</summary>
    public TimeSpan? SinceFarEndAdvance { get; init; }

    /// <summary>What the last packet with sound was coded in; null while none came.</summary>
    public RtpFormat? Codec { get; init; }

    /// <summary>Whether anything of it is accepted: not while it is on hold, or said that it only receives.</summary>
    public bool Accepts { get; init; } = true;

    /// <summary>How often it was taken out of the mix since it brought the room's own sound back.</summary>
    public long Loops { get; init; }

    /// <summary>The address that packets come from and go to; null while none came.</summary>
    public IPEndPoint? Latched { get; init; }

    /// <summary>The age of the last accepted packet; null while none came.</summary>
    public TimeSpan? SinceLastPacket { get; init; }

    /// <summary>The age of the last accepted packet with sound, neither comfort noise nor a key; null while none came.</summary>
    public TimeSpan? SinceLastVoice { get; init; }

    /// <summary>Whether it talks: energy for a phone, reception for a radio.</summary>
    public bool Talking { get; init; }

    /// <summary>How long it has talked without a pause; null while it is silent.</summary>
    public TimeSpan? TalkingFor { get; init; }

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
