using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
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

    [Theory]
    [InlineData(486, true, LegResult.Lost)]
    [InlineData(480, true, LegResult.Lost)]
    [InlineData(503, true, LegResult.Lost)]
    [InlineData(603, true, LegResult.Left)]
    [InlineData(404, true, LegResult.Left)]
    [InlineData(486, false, LegResult.Left)]
    [InlineData(480, false, LegResult.Left)]
    [InlineData(408, false, LegResult.Lost)]
    public void A_duty_desk_that_is_busy_or_away_is_tried_again_and_whoever_else_is_asked_is_not(int status, bool desk, LegResult expected)
    {
        var ask = new LegAsk(new AgencyId("hpd"), "Hartford Police", null, null, desk ? new InviteId("invite-1") : null);
        foreach (var before in new[] { LegStatus.Connecting, LegStatus.Lost })
        {
            Assert.Equal(expected, DialResult.Of(new CallOutcome.Failed(status, "x"), before, rangOut: false, ask).Result);
            Assert.Equal(LegResult.Left, DialResult.Of(new CallOutcome.Failed(487, "x"), before, rangOut: true, ask).Result);
        }
    }

    [Fact]
    public void Who_lets_it_ring_is_not_rung_again() =>
        Assert.Equal(LegAttempt.Left("no answer"), DialResult.Of(new CallOutcome.Failed(487, "x"), LegStatus.Connecting, rangOut: true));

    [Fact]
    public void Who_was_in_the_room_and_lets_it_ring_is_rung_again() =>
        Assert.Equal(LegAttempt.Lost("no answer"), DialResult.Of(new CallOutcome.Failed(487, "x"), LegStatus.Lost, rangOut: true));
}
