using System.Net;
using Interop.Bridges.Radio;
using Interop.Hub.Contracts.Directory;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Radio;

public sealed class RadioGatewaySettingsTests
{
    [Fact]
    public void A_gateway_reads_as_its_owner_described_it()
    {
        var settings = RadioGatewaySettings.Read(new RadioGateway("239.10.0.1:5004", "239.10.0.2:5006", HangMs: 250, TailMs: 700), out var fault);

        Assert.Equal("", fault);
        Assert.Equal(IPEndPoint.Parse("239.10.0.1:5004"), settings!.Receive);
        Assert.Equal(IPEndPoint.Parse("239.10.0.2:5006"), settings.Transmit);
        Assert.Null(settings.Interface);
        Assert.Equal((250, 700), (settings.Hang.TotalMilliseconds, settings.Tail.TotalMilliseconds));
    }

    [Theory]
    [InlineData("nowhere", "239.10.0.2:5004", null, "nowhere")]
    [InlineData("239.10.0.1:5004", "elsewhere", null, "elsewhere")]
    [InlineData("239.10.0.1:5004", null, "eth0", "eth0")]
    public void What_is_no_address_is_named(string receive, string? transmit, string? nic, string named)
    {
        Assert.Null(RadioGatewaySettings.Read(new RadioGateway(receive, transmit, nic), out var fault));
        Assert.Contains(named, fault, StringComparison.Ordinal);
    }
}
