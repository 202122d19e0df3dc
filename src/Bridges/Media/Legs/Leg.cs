using Interop.Bridges.Media.Jitter;
using Interop.Bridges.Media.Mixing;
using Interop.Bridges.Media.Recording;
using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>One live voice connection of a room. Owned by the tick thread, except for its names and counters.</summary>
internal abstract class Leg(string name, int id, LegMode mode, LevelControl level, LegCounters counters) : IReceiver
{
    private readonly TwoBandFrame _frame = new();

    /// <summary>The caller's name of the leg, unique in its room.</summary>
    public string Name { get; } = name;

    /// <summary>The engine's number of the leg; never 0, never used twice.</summary>
    public int Id { get; } = id;

    public LegCounters Counters { get; } = counters;

    public LegMode Mode { get; private set; } = mode;

    /// <summary>Whether this tick's frame belongs into the mix.</summary>
    public bool Heard { get; protected set; }

    /// <summary>The synchronization source of what it says; 0 while it has none.</summary>
    public abstract uint Source { get; }

    /// <summary>Its standing among those who want the floor; the higher comes first.</summary>
    public int Priority { get; set; }

    /// <summary>How the recorder knows its transmissions.</summary>
    public TalkMark Mark { get; } = new(name);

    /// <summary>The band in which this tick's audio came.</summary>
    public Band OwnBand => _frame.Band;

    /// <summary>Its gain.</summary>
    public LevelControl Level { get; } = level;

    /// <summary>Whether <see cref="Heard"/> was reported to the room's owner.</summary>
    public bool ReportedTalking { get; set; }

    /// <summary>Whether the first packet was reported.</summary>
    public bool ReportedFirstPacket { get; set; }

    /// <summary>This tick's audio in the band that it is asked for in.</summary>
    public ReadOnlySpan<short> FrameIn(Band band) => _frame.In(band);

    /// <summary>Whether anything was ever received and accepted.</summary>
    public bool HasReceived => Counters.PacketsIn > 0;

    /// <summary>What it says and was not yet heard.</summary>
    public JitterBuffer Jitter { get; } = new();

    protected TwoBandFrame Frame => _frame;

    public virtual void SetMode(LegMode value)
    {
        Mode = value;
        Counters.Mode = value;
    }

    /// <summary>The sockets that something may arrive at.</summary>
    public abstract IReadOnlyList<IDatagramSocket> Receiving { get; }

    public abstract void Receive(IDatagramSocket socket, Span<byte> buffer, TimeSpan now);

    /// <summary>Makes this tick's <see cref="Frame"/> and <see cref="Heard"/>.</summary>
    public abstract void Listen(TimeSpan now);

    /// <summary>Lets media time pass for ticks that are not made up.</summary>
    public abstract void Skip(int ticks);

    /// <summary>Throws away what waits in the sockets and in the jitter buffer.</summary>
    public abstract void Discard(Span<byte> buffer);

    /// <summary>Says goodbye where that is possible, and gives the sockets back.</summary>
    public abstract void Close(TimeSpan now);

    protected void CountPlacement(Placement placement)
    {
        switch (placement)
        {
            case Placement.Held: break;
            case Placement.Duplicate: Counters.Drop(DropReason.Duplicate); break;
            case Placement.Late: Counters.Drop(DropReason.Late); break;
            case Placement.OutOfWindow: Counters.Drop(DropReason.OutOfWindow); break;
            case Placement.TooLong: Counters.Drop(DropReason.TooLong); break;
        }
    }

    protected void PublishJitter()
    {
        Counters.SetLost(Jitter.Lost);
        Counters.Concealed = Jitter.Concealed;
        Counters.DepthSamples = Jitter.Depth;
        Counters.PacketTimeSamples = Jitter.PacketTime;
    }
}
