using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Quality;
using Xunit;

namespace Interop.Tests.Unit.Media.Quality;

public sealed class LossWindowTests
{
    private static LegStatistics Leg(long expected, long lost, long late = 0)
    {
        var dropped = new long[(int)DropReason.SendFailed + 1];
        dropped[(int)DropReason.Late] = late;
        return new LegStatistics { Expected = expected, LostOnTheWay = lost, Dropped = [.. dropped] };
    }

    [Fact]
    public void Lost_and_late_packets_count_alike()
    {
        var window = new LossWindow();
        Assert.True(window.Look(Leg(100, 4, 1)));
        Assert.Equal(0.05, window.Share, 6);
    }

    [Fact]
    public void What_is_older_than_ten_looks_is_forgotten_and_silence_makes_no_look_older()
    {
        var window = new LossWindow();
        window.Look(Leg(50, 25));
        for (var i = 0; i < 100; i++) Assert.False(window.Look(Leg(50, 25)));
        Assert.Equal(0.5, window.Share, 6);
        for (var i = 2; i <= LossWindow.Looks; i++) window.Look(Leg(50 * i, 25));
        Assert.Equal(0.05, window.Share, 6);
        window.Look(Leg(50 * (LossWindow.Looks + 1), 25));
        Assert.Equal(0, window.Share);
    }

    [Fact]
    public void A_packet_that_was_overtaken_is_given_back()
    {
        var window = new LossWindow();
        window.Look(Leg(50, 1));
        window.Look(Leg(100, 0));
        Assert.Equal(0, window.Share);
    }

    [Fact]
    public void Another_source_begins_at_nothing()
    {
        var window = new LossWindow();
        window.Look(Leg(50_000, 500));
        Assert.True(window.Look(Leg(10, 0)));
        Assert.Equal(500.0 / 50_010, window.Share, 6);
    }
}
