using Interop.Bridges.Sip.Text;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class LineDeliveriesTests
{
    [Fact]
    public void A_line_is_delivered_once()
    {
        var deliveries = new LineDeliveries();

        Assert.True(deliveries.TryBegin("line-1"));
        Assert.False(deliveries.TryBegin("line-1"));
        Assert.True(deliveries.TryBegin("line-2"));
    }
}
