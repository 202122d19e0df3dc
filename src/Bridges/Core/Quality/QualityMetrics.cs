using System.Diagnostics.Metrics;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Core.Quality;

/// <summary>How good the voices of this node are, under the meter <c>Interop.Media.Legs</c>: by kind of leg, never by leg.</summary>
/// <remarks>Counted by the one round that looks; read by whoever asks.</remarks>
internal sealed class QualityMetrics
{
    // A look each second would give a call of an hour 3,600 votes.
    private const int LooksPerRecord = 10;

    private static readonly VoiceGrade[] s_grades = Enum.GetValues<VoiceGrade>();
    private static readonly OneWay[] s_dead = [OneWay.FromParty, OneWay.ToParty, OneWay.Both];

    private readonly Histogram<double> _mos;
    private readonly Histogram<double> _loss;
    private readonly Histogram<double> _jitter;
    private readonly Histogram<double> _delay;
    private readonly Histogram<double> _roundTrip;
    private readonly Counter<long> _stuckKeys;
    private Counts _counting = new();
    private Counts _counted = new();
    private int _looks;

    public QualityMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Interop.Media.Legs");
        _mos = Histogram(meter, "interop.media.leg.mos", null, "Mean opinion score of what comes from a leg, by the E-model", [1.5, 2, 2.5, 2.8, 3.1, 3.4, 3.6, 3.8, 4, 4.2, 4.4]);
        _loss = Histogram(meter, "interop.media.leg.loss", "%", "Packets of a leg that were missing when they were due", [0.1, 0.5, 1, 2, 3, 5, 10, 20, 50]);
        _jitter = Histogram(meter, "interop.media.leg.jitter", "ms", "Interarrival jitter of a leg", [1, 2, 5, 10, 20, 50, 100, 200]);
        _delay = Histogram(meter, "interop.media.leg.delay", "ms", "From a leg's mouth to its room", [20, 40, 60, 80, 100, 150, 200, 300, 500]);
        _roundTrip = Histogram(meter, "interop.media.leg.round_trip", "ms", "To a leg's far end and back, by RTCP", [1, 5, 10, 20, 50, 100, 200, 300, 500, 1000]);
        _stuckKeys = meter.CreateCounter<long>("interop.media.stuck_keys", "{key}", "Legs that talked without a pause for longer than a key is held");
        meter.CreateObservableGauge("interop.media.legs.graded", () => s_grades.Select(grade => Of(_counted.Grades[(int)grade], "grade", grade)), "{leg}", "Legs by how good they are heard");
        meter.CreateObservableGauge("interop.media.legs.one_way", () => s_dead.Select(dead => Of(_counted.Dead[(int)dead], "direction", dead)), "{leg}", "Legs of which a direction is dead");
        meter.CreateObservableGauge("interop.media.legs.stuck", () => _counted.Stuck, "{leg}", "Legs that talk without a pause now");
    }

    /// <summary>A round begins.</summary>
    public void Begin()
    {
        _counting = new Counts();
        _looks++;
    }

    /// <summary>A leg was looked at.</summary>
    public void Count(LegKind kind, LegQuality quality, bool heard, DateTimeOffset? stuckBefore)
    {
        _counting.Grades[(int)quality.Grade]++;
        _counting.Dead[(int)quality.OneWay]++;
        var tag = new KeyValuePair<string, object?>("kind", kind.ToString());
        if (quality.StuckSince is not null) _counting.Stuck++;
        if (quality.StuckSince is not null && stuckBefore is null) _stuckKeys.Add(1, tag);
        if (!heard || quality.Mos is not { } mos || _looks % LooksPerRecord != 0) return;
        _mos.Record(mos, tag);
        _loss.Record(quality.Loss, tag);
        _jitter.Record(quality.Jitter, tag);
        _delay.Record(quality.Delay, tag);
        if (quality.RoundTrip is { } roundTrip) _roundTrip.Record(roundTrip, tag);
    }

    /// <summary>The round is over.</summary>
    public void End() => Volatile.Write(ref _counted, _counting);

    private static Histogram<double> Histogram(Meter meter, string name, string? unit, string description, double[] bounds) =>
        meter.CreateHistogram(name, unit, description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private static Measurement<int> Of<T>(int legs, string name, T value)
        where T : struct, Enum => new(legs, new KeyValuePair<string, object?>(name, value.ToString()));

    private sealed class Counts
    {
        public int[] Grades { get; } = new int[s_grades.Length];

        public int[] Dead { get; } = new int[s_dead.Length + 1];

        public int Stuck { get; set; }
    }
}
