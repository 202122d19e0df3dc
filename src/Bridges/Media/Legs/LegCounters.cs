using System.Net;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>What a leg counts. Written by the tick thread alone; each field may be read by any thread, at its own moment.</summary>
internal sealed class LegCounters(MediaTotals totals)
{
    public const int Reasons = (int)DropReason.SendFailed + 1;

    private readonly long[] _dropped = new long[Reasons];

    public long PacketsIn;
    public long PacketsOut;
    public long Lost;
    public long Concealed;
    public long Resyncs;
    public long JitterSamples;
    public long DepthSamples;
    public long PacketTimeSamples;
    public long Expected;
    public long LostOnTheWay;
    public long RoundTripTicks = -1;
    public long FarFractionLost;
    public long FarSent;
    public long FarHighest;
    public long FarControlTicks = -1;
    public long FarReportTicks = -1;
    public long FarAdvanceTicks = -1;
    public long Loops;
    public long LastPacketTicks = -1;
    public long LastVoiceTicks = -1;
    public long TalkingSinceTicks = -1;
    public bool Talking;
    public bool Keyed;
    public bool Connected;
    public bool Accepts = true;
    public AudioCodec? Codec;
    public LegMode Mode;
    public IPEndPoint? Latched;
    public string? Security;

    public void CountIn()
    {
        PacketsIn++;
        totals.PacketsIn++;
    }

    public void CountOut()
    {
        PacketsOut++;
        totals.PacketsOut++;
    }

    public void CountVoice(AudioCodec codec, TimeSpan now)
    {
        Volatile.Write(ref Codec, codec);
        Volatile.Write(ref LastVoiceTicks, now.Ticks);
    }

    public void CountReception(in ReceptionStatistics reception, int clock)
    {
        JitterSamples = reception.Jitter / (clock / AudioFrame.SampleRate);
        Expected = reception.Expected;
        LostOnTheWay = reception.Lost;
    }

    public void SetLost(long lost)
    {
        totals.Lost += lost - Lost;
        Lost = lost;
    }

    public void Drop(DropReason reason)
    {
        _dropped[(int)reason]++;
        totals.Dropped[(int)reason]++;
    }

    public void CountLoop()
    {
        Loops++;
        totals.Loops++;
    }

    /// <summary>It begins to be heard, or ceases to be.</summary>
    public void Talk(bool talking, TimeSpan now)
    {
        Volatile.Write(ref TalkingSinceTicks, talking ? now.Ticks : -1);
        Volatile.Write(ref Talking, talking);
    }

    public LegStatistics Snapshot(TimeSpan now) => new()
    {
        Mode = Mode,
        PacketsIn = Volatile.Read(ref PacketsIn),
        PacketsOut = Volatile.Read(ref PacketsOut),
        Lost = Volatile.Read(ref Lost),
        Concealed = Volatile.Read(ref Concealed),
        Resyncs = Volatile.Read(ref Resyncs),
        Expected = Volatile.Read(ref Expected),
        LostOnTheWay = Volatile.Read(ref LostOnTheWay),
        Jitter = Samples(Volatile.Read(ref JitterSamples)),
        Depth = Samples(Volatile.Read(ref DepthSamples)),
        PacketTime = Samples(Volatile.Read(ref PacketTimeSamples)),
        RoundTrip = Span(ref RoundTripTicks),
        FarEndLoss = Volatile.Read(ref FarFractionLost) / 256.0,
        FarEndSent = Volatile.Read(ref FarSent),
        SinceFarEndControl = Since(ref FarControlTicks, now),
        SinceFarEndReport = Since(ref FarReportTicks, now),
        SinceFarEndAdvance = Since(ref FarAdvanceTicks, now),
        Codec = Volatile.Read(ref Codec)?.Format,
        Accepts = Volatile.Read(ref Accepts),
        Latched = Volatile.Read(ref Latched),
        Loops = Volatile.Read(ref Loops),
        SinceLastPacket = Since(ref LastPacketTicks, now),
        SinceLastVoice = Since(ref LastVoiceTicks, now),
        Talking = Volatile.Read(ref Talking),
        TalkingFor = Since(ref TalkingSinceTicks, now),
        Keyed = Volatile.Read(ref Keyed),
        Security = Volatile.Read(ref Security),
        Connected = Volatile.Read(ref Connected),
        Dropped = [.. _dropped],
    };

    private static TimeSpan? Span(ref long ticks) => Volatile.Read(ref ticks) is >= 0 and var known ? new TimeSpan(known) : null;

    private static TimeSpan? Since(ref long ticks, TimeSpan now) => now - Span(ref ticks);

    private static TimeSpan Samples(long samples) => new(samples * TimeSpan.TicksPerSecond / AudioFrame.SampleRate);
}

/// <summary>The sums over all legs that ever were. Written by the tick thread alone.</summary>
internal sealed class MediaTotals
{
    public long PacketsIn;
    public long PacketsOut;
    public long Lost;
    public long Loops;

    public long[] Dropped { get; } = new long[LegCounters.Reasons];
}
