using Interop.Bridges.Media.Loops;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>When a leg that brings the room's own sound back is taken out, and when it may come back.</summary>
public sealed class LoopWatchTests
{
    private LoopWatch _watch;

    [Fact]
    public void Several_packets_in_a_row_take_a_leg_out_and_fewer_do_not()
    {
        Assert.Equal(0, Take(LoopSign.Own, LoopWatch.Enough - 1));
        Assert.Equal(0, Take(LoopSign.Free, 1));
        Assert.Equal(0, Take(LoopSign.Own, LoopWatch.Enough - 1));
        Assert.False(_watch.Out);

        Assert.Equal(1, Take(LoopSign.Own, 1));
        Assert.True(_watch.Out);
    }

    [Fact]
    public void Two_ways_to_a_source_take_no_leg_out_and_keep_one_out()
    {
        Assert.Equal(0, Take(LoopSign.TwoWays, 1000));
        Take(LoopSign.Own, LoopWatch.Enough);
        Take(LoopSign.Free, LoopWatch.Freed - 1);
        Take(LoopSign.TwoWays, 1);

        Assert.Equal(0, Take(LoopSign.Free, LoopWatch.Freed - 1));
        Assert.True(_watch.Out);
    }

    [Fact]
    public void A_leg_comes_back_after_sound_that_is_free_and_each_relapse_asks_for_twice_as_much()
    {
        for (var asked = LoopWatch.Freed; asked <= 4 * LoopWatch.Freed; asked *= 2)
        {
            Take(LoopSign.Own, LoopWatch.Enough);
            Assert.Equal(0, Take(LoopSign.Free, asked - 1));
            Assert.Equal(1, Take(LoopSign.Free, 1));
            Assert.False(_watch.Out);
        }
    }

    [Fact]
    public void What_was_under_way_when_another_leg_was_cut_does_not_count()
    {
        Take(LoopSign.Own, LoopWatch.Enough - 1);
        _watch.Settle();

        Assert.Equal(0, Take(LoopSign.Own, LoopWatch.Enough - 1));
    }

    /// <summary>How often it changed its mind.</summary>
    private int Take(LoopSign sign, int times)
    {
        var changes = 0;
        for (var i = 0; i < times; i++)
            if (_watch.Take(sign, LoopWatch.Enough)) changes++;
        return changes;
    }
}
