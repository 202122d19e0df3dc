using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Rooms;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class CallPriorityTests
{
    [Theory]
    [InlineData("esnet.4", Priority.Emergency)]
    [InlineData("esnet.3", Priority.Emergency)]
    [InlineData("esnet.2", Priority.Urgent)]
    [InlineData("esnet.1", Priority.Urgent)]
    [InlineData("esnet.0", Priority.Routine)]
    [InlineData("ets.0", Priority.Emergency)]
    [InlineData("ets.1", Priority.Emergency)]
    [InlineData("ets.2", Priority.Urgent)]
    [InlineData("ets.4", Priority.Routine)]
    [InlineData("wps.1", Priority.Emergency)]
    [InlineData("wps.3", Priority.Urgent)]
    [InlineData("q735.0", Priority.Emergency)]
    [InlineData("q735.4", Priority.Routine)]
    [InlineData("dsn.flash", Priority.Emergency)]
    [InlineData("dsn.immediate", Priority.Urgent)]
    [InlineData("drsn.routine", Priority.Routine)]
    [InlineData("ets.4, wps.0", Priority.Emergency)]
    [InlineData("made-up.0", Priority.Routine)]
    [InlineData("ets.9", Priority.Routine)]
    public void What_a_trusted_peer_says_is_put_in_three_steps(string value, Priority priority) =>
        Assert.Equal(new CallPriority(priority, null), CallPriority.Of(Invite(value), trusted: true));

    [Fact]
    public void What_anybody_else_says_counts_for_nothing() =>
        Assert.Equal(new CallPriority(Priority.Routine, null), CallPriority.Of(Invite("esnet.4"), trusted: false));

    [Theory]
    [InlineData("made-up.0", true, 417)]
    [InlineData("made-up.0", false, 417)]
    [InlineData("esnet.4", false, 403)]
    [InlineData("esnet.4", true, null)]
    public void A_call_that_requires_it_is_refused_where_it_is_not_understood_or_not_believed(string value, bool trusted, int? status)
    {
        var refusal = CallPriority.Of(Invite(value, required: true), trusted).Refusal;

        Assert.Equal(status, refusal?.Status);
        Assert.Equal(status == 417, refusal?.Headers.Any(header => header.Name == HeaderNames.AcceptResourcePriority) ?? false);
    }

    private static SipRequest Invite(string value, bool required = false)
    {
        var headers = new SipHeaders().Add(HeaderNames.ResourcePriority, value);
        if (required)
            headers.Add(HeaderNames.Require, CallPriority.OptionTag);
        return new SipRequest(SipMethods.Invite, SipUri.Create("4201", "hub", 5060), headers, default);
    }
}
