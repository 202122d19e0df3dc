using Interop.Bridges.Wire.Sip.Dialogs;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

/// <summary>A phone that names an address from which its datagrams do not come can only be answered where they come from.</summary>
public sealed class BehindNatTests
{
    private const string Named = "192.0.2.7", Seen = "203.0.113.9";

    [Theory]
    [InlineData(Seen, true)]
    [InlineData(Named, false)]
    public void A_call_goes_on_by_the_way_it_came_when_its_contact_leads_nowhere(string source, bool onlyWay)
    {
        var flow = DialogFactory.AsServer(SipScene.Request(), SipScene.From(source), "ours").Flow;

        Assert.Equal((onlyWay, source), (flow.IsOnlyWay, flow.EndPoint.Address.ToString()));
    }

    [Fact]
    public void A_proxy_that_stays_in_the_call_knows_the_way() =>
        Assert.False(DialogFactory.AsServer(SipScene.Request(lines: "Record-Route: <sip:203.0.113.9;lr>"), SipScene.From(Seen), "ours").Flow.IsOnlyWay);
}
