using System.Diagnostics.Metrics;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Rooms;
using Interop.Bridges.Media.Ticks;
using Interop.Bridges.Wire.Rtp.Ice;

namespace Interop.Bridges.Media;

/// <summary>The meter "Interop.Media". Packets are counted in plain fields and read when somebody asks.</summary>
internal sealed class MediaMetrics : IDisposable
{
    public const string MeterName = "Interop.Media";
    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _lateness;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _stalls;
    private readonly Counter<long> _faults;

    public MediaMetrics(MediaTotals totals, Reporter reporter, Func<int> legs, Func<int> keyed, Func<int> secured, BrowserPort? browsers)
    {
        _lateness = _meter.CreateHistogram<double>("interop.media.tick.lateness", "ms", "How late a tick began");
        _skipped = _meter.CreateCounter<long>("interop.media.tick.skipped", "{tick}", "Ticks given up");
        _stalls = _meter.CreateCounter<long>("interop.media.stalls", "{stall}", "Gaps of over 400 ms between two steps");
        _faults = _meter.CreateCounter<long>("interop.media.faults", "{fault}", "Steps that failed");
        _meter.CreateObservableCounter("interop.media.packets.in", () => Volatile.Read(ref totals.PacketsIn), "{packet}", "RTP packets accepted");
        _meter.CreateObservableCounter("interop.media.packets.out", () => Volatile.Read(ref totals.PacketsOut), "{packet}", "RTP packets sent");
        _meter.CreateObservableCounter("interop.media.packets.lost", () => Volatile.Read(ref totals.Lost), "{packet}", "RTP packets that were due and not there");
        _meter.CreateObservableCounter("interop.media.loops", () => Volatile.Read(ref totals.Loops), "{loop}", "Legs taken out of the mix since they brought the room's own sound back");
        _meter.CreateObservableCounter("interop.media.packets.dropped", () => Dropped(totals), "{packet}", "Packets not used, by reason");
        _meter.CreateObservableCounter("interop.media.reports.dropped", () => Volatile.Read(ref reporter.Dropped), "{report}", "Reports that nobody read in time");
        _meter.CreateObservableUpDownCounter("interop.media.legs", legs, "{leg}", "Legs that are open");
        _meter.CreateObservableUpDownCounter("interop.media.legs.secured", secured, "{leg}", "Legs that SRTP protects");
        _meter.CreateObservableUpDownCounter("interop.media.radios.keyed", keyed, "{radio}", "Radios that the hub keys");
        if (browsers is null) return;
        _meter.CreateObservableCounter("interop.media.browsers.strangers", () => Volatile.Read(ref browsers.Strangers), "{datagram}", "DTLS or RTP from addresses that no browser proved");
        _meter.CreateObservableCounter("interop.media.browsers.checks", () => Checks(browsers.Ice.Counters), "{check}", "ICE checks, by what came of them");
    }

    public void Ticked(TickPlan plan)
    {
        _lateness.Record(plan.Lateness.TotalMilliseconds);
        if (plan.Skipped > 0) _skipped.Add(plan.Skipped);
    }

    public void Stalled() => _stalls.Add(1);

    public void Faulted() => _faults.Add(1);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Checks(IceCounters counters) =>
    [
        Check("proved", counters.Proved),
        Check("bad-request", counters.BadRequests),
        Check("unauthenticated", counters.Unauthenticated),
        Check("role-conflict", counters.RoleConflicts),
        Check("overloaded", counters.Overloaded),
        Check("ignored", counters.Ignored),
    ];

    private static Measurement<long> Check(string result, long count) => new(count, new KeyValuePair<string, object?>("result", result));

    private static IEnumerable<Measurement<long>> Dropped(MediaTotals totals)
    {
        foreach (var reason in Enum.GetValues<DropReason>())
            yield return new Measurement<long>(Volatile.Read(ref totals.Dropped[(int)reason]), new KeyValuePair<string, object?>("reason", reason.ToString()));
    }
}
