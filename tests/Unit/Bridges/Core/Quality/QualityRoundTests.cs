using System.Diagnostics.Metrics;
using Interop.Bridges.Core.Quality;
using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core.Quality;

/// <summary>How much a room is told, and how often.</summary>
public sealed class QualityRoundTests : IDisposable
{
    private static readonly RoomCode Code = new("4201");

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly QualityRound _round;
    private readonly Line _line = new();
    private LegStatistics? _leg;
    private DateTimeOffset _now = Line.Start;

    public QualityRoundTests() => _round = new QualityRound(new QualityOptions(), new QualityMetrics(_services.GetRequiredService<IMeterFactory>()));

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_steady_leg_is_told_once_and_then_again_every_half_minute_just_the_same()
    {
        var told = Seconds(91, static line => line.Voice());
        Assert.Equal(4, told.Count);
        Assert.All(told, one => Assert.Equal(told[0].Quality, one.Quality));
    }

    [Fact]
    public void A_change_is_told_and_one_that_nobody_would_care_for_is_not()
    {
        Seconds(20, static line => line.Voice());
        Assert.Empty(Seconds(5, static line =>
        {
            line.Voice();
            line.Change(static leg => leg with { Jitter = TimeSpan.FromMilliseconds(5) });
        }));
        Assert.Equal(PartyHeard.Quiet, Assert.Single(Seconds(5, static line => line.Noise())).Quality.Heard);
    }

    [Fact]
    public void However_much_changes_a_room_is_told_at_most_every_three_seconds()
    {
        var told = Seconds(60, static line =>
        {
            line.Voice();
            line.Change(static leg => leg with { Jitter = TimeSpan.FromMilliseconds(40) - leg.Jitter });
        });
        Assert.Equal(20, told.Count);
    }

    [Fact]
    public void A_room_that_came_up_anew_is_told_everything_again()
    {
        Seconds(10, static line => line.Voice());
        Assert.Single(Seconds(1, static line => line.Voice(), epoch: 2));
    }

    [Fact]
    public void A_leg_that_is_opened_anew_begins_with_no_score()
    {
        Seconds(10, static line => line.Voice());
        _line.OpenAnew();
        Assert.Equal((VoiceGrade.Unknown, null), Assert.Single(Seconds(4)).Quality is var quality ? (quality.Grade, quality.Mos) : default);
    }

    [Fact]
    public void A_leg_that_is_not_open_here_is_not_spoken_of() =>
        Assert.Empty(_round.Look([Plan(1)], static (_, _) => null, _now));

    private List<MeasuredLeg> Seconds(int count, Action<Line>? each = null, long epoch = 1)
    {
        var told = new List<MeasuredLeg>();
        for (var i = 0; i < count; i++)
        {
            _line.Seconds(1, each);
            _leg = _line.Snapshot();
            _now += TimeSpan.FromSeconds(1);
            foreach (var (room, legs) in _round.Look([Plan(epoch)], (_, _) => _leg, _now))
            {
                Assert.Equal(Code, room);
                told.AddRange(legs);
            }
        }

        return told;
    }

    private RoomPlan Plan(long epoch) => new(Code, "Shots fired", new AgencyId("hpd"), epoch, 1, Open: true, [_line.Planned]);
}
