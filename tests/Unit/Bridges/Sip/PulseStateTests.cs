using Interop.Bridges.Sip.Calls;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class PulseStateTests
{
    private readonly PulseState _pulse = new();

    [Theory]
    [InlineData(200)]
    [InlineData(405)]
    [InlineData(488)]
    [InlineData(501)]
    public void Any_answer_proves_life(int status)
    {
        Answer(408);
        Answer(status);

        Assert.Equal((0, true), (_pulse.Missed, _pulse.TookOptions));
    }

    [Fact]
    public void Silence_in_a_row_is_counted()
    {
        Answer(408);
        Answer(503);

        Assert.Equal(2, _pulse.Missed);
    }

    [Fact]
    public void Who_answers_a_re_INVITE_alone_is_asked_by_it_from_then_on()
    {
        _pulse.ReinvitedAt = DateTimeOffset.UnixEpoch;
        Answer(200, byReinvite: true);

        Assert.Equal((true, false, 0), (_pulse.ByReinvite, _pulse.TookOptions, _pulse.Missed));
        Assert.NotNull(_pulse.ReinvitedAt);
    }

    [Fact]
    public void A_re_INVITE_that_is_not_answered_is_due_again_at_once()
    {
        _pulse.ReinvitedAt = DateTimeOffset.UnixEpoch;
        Answer(408, byReinvite: true);

        Assert.Null(_pulse.ReinvitedAt);
    }

    [Fact]
    public void One_question_is_under_way_at_a_time()
    {
        Assert.True(_pulse.TryBegin());
        Assert.False(_pulse.TryBegin());
        _pulse.End(200, byReinvite: false);
        Assert.True(_pulse.TryBegin());
    }

    private void Answer(int status, bool byReinvite = false)
    {
        Assert.True(_pulse.TryBegin());
        _pulse.End(status, byReinvite);
    }
}
