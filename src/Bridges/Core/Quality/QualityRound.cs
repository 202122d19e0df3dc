using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Core.Quality;

/// <summary>Looks at every leg of this node once a second, and says what each room is to be told. One owner.</summary>
/// <remarks>
/// A room is told at most every <see cref="TellAtMostEvery"/>, and only of legs that changed so much that somebody would care. All of them
/// it is told again every <see cref="TellAllEvery"/>, since a message can be lost and a room can come up anew.
/// </remarks>
internal sealed class QualityRound(QualityOptions options, QualityMetrics metrics)
{
    public static readonly TimeSpan TellAtMostEvery = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan TellAllEvery = TimeSpan.FromSeconds(30);

    private readonly Dictionary<RoomCode, RoomNews> _rooms = [];

    /// <summary>Takes one look.</summary>
    /// <param name="plans">The rooms of this node.</param>
    /// <param name="read">A leg's counters; null while it is not open.</param>
    /// <param name="now">The time of day.</param>
    public IReadOnlyList<(RoomCode Room, IReadOnlyList<MeasuredLeg> Legs)> Look(
        IReadOnlyList<RoomPlan> plans, Func<RoomCode, LegId, LegStatistics?> read, DateTimeOffset now)
    {
        var tell = new List<(RoomCode, IReadOnlyList<MeasuredLeg>)>();
        metrics.Begin();
        foreach (var plan in plans)
        {
            var room = _rooms.TryGetValue(plan.Room, out var known) ? known : _rooms[plan.Room] = new RoomNews();
            foreach (var leg in plan.Legs)
                Look(room, plan.Room, leg, read, now);
            if (room.TakeNews(plan, now) is { Count: > 0 } news)
                tell.Add((plan.Room, news));
        }

        foreach (var gone in _rooms.Keys.Except(plans.Select(static plan => plan.Room)).ToArray())
            _rooms.Remove(gone);
        metrics.End();
        return tell;
    }

    private void Look(RoomNews room, RoomCode code, PlannedLeg planned, Func<RoomCode, LegId, LegStatistics?> read, DateTimeOffset now)
    {
        if (read(code, planned.Id) is not { } leg)
        {
            room.Forget(planned.Id);
            return;
        }

        var (watch, before) = room.Of(planned.Id, options, leg);
        var quality = watch.Look(planned, leg, now);
        room.Put(planned.Id, quality);
        metrics.Count(planned.Kind, quality, leg.SinceLastVoice <= Directions.Recent, before?.StuckSince);
    }

    /// <summary>What one room was told, and what is so now.</summary>
    private sealed class RoomNews
    {
        private readonly Dictionary<LegId, Followed> _legs = [];
        private DateTimeOffset _told = DateTimeOffset.MinValue;
        private DateTimeOffset _toldAll = DateTimeOffset.MinValue;
        private long _epoch;

        /// <summary>A leg whose counters went back is another one under its name: it was opened anew.</summary>
        public (LegWatch Watch, LegQuality? Before) Of(LegId id, QualityOptions options, LegStatistics leg)
        {
            if (!_legs.TryGetValue(id, out var followed) || leg.PacketsOut < followed.PacketsOut || leg.PacketsIn < followed.PacketsIn)
                followed = _legs[id] = new Followed(new LegWatch(options));
            (followed.PacketsOut, followed.PacketsIn) = (leg.PacketsOut, leg.PacketsIn);
            return (followed.Watch, followed.Now);
        }

        public void Put(LegId id, LegQuality quality) => _legs[id].Now = quality;

        public void Forget(LegId id) => _legs.Remove(id);

        public List<MeasuredLeg> TakeNews(RoomPlan plan, DateTimeOffset now)
        {
            foreach (var gone in _legs.Keys.Except(plan.Legs.Select(static leg => leg.Id)).ToArray())
                _legs.Remove(gone);
            if (now - _told < TellAtMostEvery)
                return [];
            var all = plan.Epoch != _epoch || now - _toldAll >= TellAllEvery;
            var news = new List<MeasuredLeg>();
            foreach (var (id, leg) in _legs)
            {
                if (leg.Now is not { } quality || !(all || IsNews(leg.Told, quality)))
                    continue;
                // What nobody would care to hear again is told as it was, so that it is no news to those who listen.
                if (IsNews(leg.Told, quality))
                    leg.Told = quality;
                news.Add(new MeasuredLeg(id, leg.Told!));
            }

            if (news.Count > 0)
                _told = now;
            if (all)
                (_toldAll, _epoch) = (now, plan.Epoch);
            return news;
        }

        private static bool IsNews(LegQuality? told, LegQuality now) =>
            told is null
            || (told.Grade, told.Heard, told.Hears, told.OneWay, told.StuckSince is null) != (now.Grade, now.Heard, now.Hears, now.OneWay, now.StuckSince is null)
            || (told.Mos is null) != (now.Mos is null) || Math.Abs((told.Mos - now.Mos) ?? 0) >= 0.3
            || Math.Abs(told.Loss - now.Loss) >= 1
            || Math.Abs((told.FarLoss - now.FarLoss) ?? 0) >= 2
            || Math.Abs(told.Jitter - now.Jitter) >= 10
            || Math.Abs(told.Delay - now.Delay) >= 40
            || (told.RoundTrip is null) != (now.RoundTrip is null) || Math.Abs((told.RoundTrip - now.RoundTrip) ?? 0) >= 50;

        private sealed class Followed(LegWatch watch)
        {
            public LegWatch Watch { get; } = watch;

            public LegQuality? Now { get; set; }

            public LegQuality? Told { get; set; }

            public long PacketsIn { get; set; }

            public long PacketsOut { get; set; }
        }
    }
}
