using Interop.Bridges.Radio;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Domain.Directory;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Radio;

/// <summary>What the directory takes the engine takes: a channel that is entered and never comes up is found out in an emergency.</summary>
public sealed class GatewayRangesTests
{
    private static readonly RadioGateway Gateway = new("239.10.0.1:5004", "239.10.0.2:5004");

    [Fact]
    public void The_directory_takes_no_gateway_that_the_engine_refuses()
    {
        foreach (var gateway in Gateways())
        {
            var refused = RadioGatewaySettings.Read(gateway, out _) is not { } settings || settings.Validate() is not null;
            Assert.Equal((gateway, refused), (gateway, GatewayRules.Fault(gateway) is not null));
        }
    }

    private static IEnumerable<RadioGateway> Gateways()
    {
        foreach (var hang in new[] { 99, 100, 300, 301 })
            yield return Gateway with { HangMs = hang };
        foreach (var tail in new[] { -1, 0, 5_000, 5_001 })
            yield return Gateway with { TailMs = tail };
        foreach (var address in new[] { "10.0.0.1:5004", "[::1]:5004", "10.0.0.1:0" })
        {
            yield return Gateway with { Receive = address };
            yield return Gateway with { Transmit = address };
        }

        var six = new RadioGateway("[ff15::1]:5004", "[2001:db8::1]:5004");
        yield return six;
        yield return six with { Receive = "[::ffff:10.0.0.1]:5004" };
        yield return six with { Transmit = "[::ffff:10.0.0.1]:5004" };
        yield return six with { Transmit = null };
        foreach (var local in new[] { "10.0.0.1", "::1", "fe80::1%3" })
        {
            yield return Gateway with { Interface = local };
            yield return six with { Interface = local };
        }
    }
}
