using System.Net;

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
    public long RoundTripTicks;
    public long FarFractionLost;
    public long Loops;
    public long LastPacketTicks = -1;
    public bool Talking;
    public bool Keyed;
    public bool Connected;
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

    public LegStatistics Snapshot(TimeSpan now)
    {
        var last = Volatile.Read(ref LastPacketTicks);
        return new LegStatistics
        {
            Mode = Mode,
            PacketsIn = Volatile.Read(ref PacketsIn),
            PacketsOut = Volatile.Read(ref PacketsOut),
            Lost = Volatile.Read(ref Lost),
            Concealed = Volatile.Read(ref Concealed),
            Resyncs = Volatile.Read(ref Resyncs),
            Jitter = Samples(Volatile.Read(ref JitterSamples)),
            Depth = Samples(Volatile.Read(ref DepthSamples)),
            RoundTrip = new TimeSpan(Volatile.Read(ref RoundTripTicks)),
            FarEndLoss = Volatile.Read(ref FarFractionLost) / 256.0,
            Latched = Volatile.Read(ref Latched),
            Loops = Volatile.Read(ref Loops),
            SinceLastPacket = last < 0 ? null : now - new TimeSpan(last),
            Talking = Volatile.Read(ref Talking),
            Keyed = Volatile.Read(ref Keyed),
            Security = Volatile.Read(ref Security),
            Connected = Volatile.Read(ref Connected),
            Dropped = [.. _dropped],
        };
    }

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
