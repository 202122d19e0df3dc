using Interop.Bridges.Core.Quality;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using LegMode = Interop.Hub.Contracts.Rooms.LegMode;

namespace Interop.Tests.Unit.Bridges.Core.Quality;

/// <summary>A leg's counters as a second after the other passes, without any engine.</summary>
internal sealed class Line(QualityOptions? options = null)
{
    private readonly LegWatch _watch = new(options ?? new QualityOptions());
    private readonly long[] _dropped = new long[(int)DropReason.SendFailed + 1];
    private TimeSpan _time;
    private TimeSpan? _voiceAt;
    private TimeSpan? _packetAt;
    private TimeSpan? _controlAt;
    private TimeSpan? _reportAt;
    private TimeSpan? _advanceAt;

    public static DateTimeOffset Start { get; } = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now => Start + _time;

    public LegStatistics Leg { get; private set; } = new();

    public PlannedLeg Planned { get; set; } = new(
        new LegId("leg-1"), LegKind.Sip, LegMode.Talk, LegStatus.Up, new Party(new AgencyId("hpd"), "100", "sip:100@10.0.0.1", "trunk:lab"), Dialled: false, null);

    /// <summary>Seconds pass; what happens in each is said before.</summary>
    public LegQuality Seconds(int count, Action<Line>? each = null)
    {
        LegQuality? quality = null;
        for (var i = 0; i < count; i++)
        {
            _time += TimeSpan.FromSeconds(1);
            Leg = Leg with { PacketsOut = Leg.PacketsOut + 50 };
            each?.Invoke(this);
            quality = _watch.Look(Planned, Snapshot(), Now);
        }

        return quality!;
    }

    /// <summary>The party sends 50 packets, of which some are lost.</summary>
    public void Voice(int lost = 0)
    {
        (_voiceAt, _packetAt) = (_time, _time);
        Leg = Leg with
        {
            Expected = Leg.Expected + 50,
            LostOnTheWay = Leg.LostOnTheWay + lost,
            PacketsIn = Leg.PacketsIn + 50 - lost,
            Codec = RtpFormat.Pcmu,
            PacketTime = AudioFrame.Duration,
            Depth = TimeSpan.FromMilliseconds(20),
        };
    }

    /// <summary>It says that it is silent.</summary>
    public void Noise() => _packetAt = _time;

    public void Drop(DropReason reason) => _dropped[(int)reason]++;

    /// <summary>It sends a report that says nothing of our sound.</summary>
    /// <param name="sent">How many packets it says that it has sent.</param>
    public void Control(long sent = 0)
    {
        _controlAt = _time;
        Leg = Leg with { FarEndSent = sent };
    }

    /// <summary>It reports on our sound.</summary>
    /// <param name="more">Whether more has arrived than the last time.</param>
    /// <param name="sent">How many packets it says that it has sent.</param>
    public void Report(bool more, long sent = 0)
    {
        Control(sent);
        _reportAt = _time;
        if (more) _advanceAt = _time;
    }

    public void SendNothing() => Leg = Leg with { PacketsOut = Leg.PacketsOut - 50 };

    /// <summary>Its counters begin at nothing.</summary>
    public void OpenAnew()
    {
        Leg = new LegStatistics();
        _voiceAt = _packetAt = _controlAt = _reportAt = _advanceAt = null;
    }

    public void Change(Func<LegStatistics, LegStatistics> change) => Leg = change(Leg);

    public LegStatistics Snapshot() => Leg with
    {
        SinceLastVoice = _time - _voiceAt,
        SinceLastPacket = _time - _packetAt,
        SinceFarEndControl = _time - _controlAt,
        SinceFarEndReport = _time - _reportAt,
        SinceFarEndAdvance = _time - _advanceAt,
        Dropped = [.. _dropped],
    };
}
