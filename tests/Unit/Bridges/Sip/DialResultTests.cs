using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Rooms;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class DialResultTests
{
    [Theory]
    [InlineData(603, LegStatus.Connecting, LegResult.Left)]
    [InlineData(486, LegStatus.Connecting, LegResult.Left)]
    [InlineData(404, LegStatus.Connecting, LegResult.Left)]
    [InlineData(408, LegStatus.Connecting, LegResult.Lost)]
    [InlineData(503, LegStatus.Connecting, LegResult.Lost)]
    [InlineData(603, LegStatus.Lost, LegResult.Left)]
    [InlineData(486, LegStatus.Lost, LegResult.Lost)]
    [InlineData(404, LegStatus.Lost, LegResult.Lost)]
    [InlineData(481, LegStatus.Lost, LegResult.Lost)]
    public void Who_says_no_is_left_alone_and_who_was_lost_is_tried_again(int status, LegStatus before, LegResult expected) =>
        Assert.Equal(expected, DialResult.Of(new CallOutcome.Failed(status, "x"), before, rangOut: false).Result);

    [Fact]
    public void Who_lets_it_ring_is_not_rung_again() =>
        Assert.Equal(LegAttempt.Left("no answer"), DialResult.Of(new CallOutcome.Failed(487, "x"), LegStatus.Connecting, rangOut: true));

    [Fact]
    public void Who_was_in_the_room_and_lets_it_ring_is_rung_again() =>
        Assert.Equal(LegAttempt.Lost("no answer"), DialResult.Of(new CallOutcome.Failed(487, "x"), LegStatus.Lost, rangOut: true));
}
