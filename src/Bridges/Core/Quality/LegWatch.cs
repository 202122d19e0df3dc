using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Quality;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using LegMode = Interop.Hub.Contracts.Rooms.LegMode;

namespace Interop.Bridges.Core.Quality;

/// <summary>Follows one leg's counters, a look each second, and says what they mean. One owner; the counters are all it reads.</summary>
internal sealed class LegWatch(QualityOptions options)
{
    // R of G.107 Annex B: "satisfied" and "many users dissatisfied" begin there; a grade is left only by clearly more.
    private const double Good = 80;
    private const double Fair = 60;
    private const double Clearly = 3;
    private static readonly TimeSpan s_reported = TimeSpan.FromSeconds(10);

    private readonly LossWindow _loss = new();
    private readonly Queue<LegStatistics> _before = new();
    private TimeSpan _depth;
    private long _sentWhenHeard;
    private DateTimeOffset? _fromDeadSince;
    private DateTimeOffset? _toDeadSince;
    private double? _rating;
    private VoiceGrade _grade;

    /// <summary>Takes a look.</summary>
    /// <param name="planned">The leg as it should be.</param>
    /// <param name="leg">Its counters.</param>
    /// <param name="now">The time of day.</param>
    public LegQuality Look(PlannedLeg planned, LegStatistics leg, DateTimeOffset now)
    {
        if (_before.Count == 0) _before.Enqueue(leg with { PacketsOut = 0, Dropped = [.. new long[leg.Dropped.Length]] });
        _before.Enqueue(leg);
        var before = _before.Count > Directions.Recent.TotalSeconds ? _before.Dequeue() : _before.Peek();
        var delay = Measure(leg);
        var (heard, hears) = (Directions.Heard(leg, before), Directions.Hears(leg, before));
        // Its next report counts what it said last, and comes some seconds after; one that begins anew counts from nothing.
        if (leg.SinceLastVoice <= s_reported || leg.FarEndSent < _sentWhenHeard) _sentWhenHeard = leg.FarEndSent;
        return new LegQuality(
            _grade,
            _rating is { } rating ? Math.Round(EModel.Opinion(rating), 1) : null,
            Math.Round(100 * _loss.Share, 1),
            Milliseconds(leg.Jitter),
            Milliseconds(delay),
            leg.RoundTrip is { } roundTrip ? Milliseconds(roundTrip) : null,
            leg.SinceFarEndReport is null ? null : Math.Round(100 * leg.FarEndLoss, 1),
            heard,
            hears,
            heard == PartyHeard.Heard || leg.SinceLastVoice is not { } silence ? null : Second(now - silence),
            Dead(planned, leg, heard, hears, now),
            leg.TalkingFor >= options.StuckAfter ? Second(now - leg.TalkingFor.Value) : null);
    }

    private TimeSpan Measure(LegStatistics leg)
    {
        var delay = _depth + leg.PacketTime + ((leg.RoundTrip ?? TimeSpan.Zero) / 2);
        // What waits is read at any moment of a packet's stay; only while something comes does it say anything.
        if (!_loss.Look(leg) || leg.Codec is not { } codec) return delay;
        _depth += (leg.Depth - _depth) / 4;
        var rating = EModel.Rate(CodecImpairment.Of(codec), _loss.Share, delay);
        _rating = rating;
        _grade = Grade(rating);
        return delay;
    }

    private VoiceGrade Grade(double rating)
    {
        var grade = rating >= Good ? VoiceGrade.Good : rating >= Fair ? VoiceGrade.Fair : VoiceGrade.Poor;
        return (_grade, grade) switch
        {
            (VoiceGrade.Good, VoiceGrade.Fair) when rating > Good - Clearly => _grade,
            (VoiceGrade.Fair, VoiceGrade.Good) when rating < Good + Clearly => _grade,
            (VoiceGrade.Fair, VoiceGrade.Poor) when rating > Fair - Clearly => _grade,
            (VoiceGrade.Poor, VoiceGrade.Fair) when rating < Fair + Clearly => _grade,
            _ => grade,
        };
    }

    private OneWay Dead(PlannedLeg planned, LegStatistics leg, PartyHeard heard, PartyHears hears, DateTimeOffset now)
    {
        var up = planned.Status == LegStatus.Up && planned.Ask is null;
        // Only from phones and browsers does sound come all the time; a radio's gateway and another system's room are silent until somebody talks.
        var speaks = planned is { Mode: LegMode.Talk, Kind: not LegKind.Radio } && (heard != PartyHeard.Nothing || !(planned.Party.IsBridge || planned.Party.Focus is not null));
        var from = Lasts(ref _fromDeadSince, up && speaks && Directions.IsDeadFrom(heard, leg, _sentWhenHeard), now);
        var to = Lasts(ref _toDeadSince, up && hears == PartyHears.Nothing, now);
        return (from, to) switch
        {
            (true, true) => OneWay.Both,
            (true, false) => OneWay.FromParty,
            (false, true) => OneWay.ToParty,
            _ => OneWay.None,
        };
    }

    private bool Lasts(ref DateTimeOffset? since, bool dead, DateTimeOffset now)
    {
        since = dead ? since ?? now : null;
        return now - since >= options.OneWayAfter;
    }

    private static int Milliseconds(TimeSpan span) => (int)Math.Round(span.TotalMilliseconds);

    // The same moment is the same at the next look.
    private static DateTimeOffset Second(DateTimeOffset time) => new((time.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, time.Offset);
}
