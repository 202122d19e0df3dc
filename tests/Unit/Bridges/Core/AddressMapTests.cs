using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Core.Anchor;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core;

public sealed class AddressMapTests
{
    [Theory]
    [InlineData("10.2.3.4", "10.1.2.3")]
    [InlineData("10.9.3.4", "10.9.0.1")]
    [InlineData("::ffff:10.2.3.4", "10.1.2.3")]
    [InlineData("192.0.2.1", "203.0.113.7")]
    [InlineData("2001:db8::1", "2001:db8::7")]
    public void A_far_end_gets_the_address_of_the_narrowest_network_around_it(string farEnd, string address) =>
        Assert.Equal(address, Map("0.0.0.0/0=203.0.113.7, 10.0.0.0/8 = 10.1.2.3,10.9.0.0/16=10.9.0.1, 2001:db8::7").For(IPAddress.Parse(farEnd))!.ToString());

    [Fact]
    public void An_address_alone_is_for_everybody_of_its_family()
    {
        var map = Map("203.0.113.7");
        Assert.Equal("203.0.113.7", map.For(IPAddress.Parse("198.51.100.1"))!.ToString());
        Assert.Null(map.For(IPAddress.IPv6Loopback));
        Assert.Null(AddressMap.Empty.For(IPAddress.Loopback));
    }

    [Fact]
    public void Of_unknown_far_ends_what_is_for_everybody_counts()
    {
        Assert.Equal("203.0.113.7", Map("10.0.0.0/8=10.1.2.3, 0.0.0.0/0=203.0.113.7").ForAnybody(AddressFamily.InterNetwork)!.ToString());
        Assert.Null(Map("10.0.0.0/8=10.1.2.3").ForAnybody(AddressFamily.InterNetwork));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("hub.example")]
    [InlineData("10.0.0.0/8=")]
    [InlineData("10.0.0.0/8=2001:db8::7")]
    [InlineData("10.0.0.0/8=224.0.0.1")]
    [InlineData("10.0.0.0/8=10.1.2.3, 10.0.0.0/8=10.1.2.4")]
    [InlineData("203.0.113.7, 203.0.113.8")]
    public void What_cannot_be_meant_is_refused_with_the_entry(string text)
    {
        Assert.Null(AddressMap.TryParse(text, out var error));
        Assert.StartsWith("\"", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.2.3.4", null, "10.1.2.3")]
    [InlineData("10.2.3.4", "192.168.0.9", "10.1.2.3")]
    [InlineData("::1", null, "::1")]
    [InlineData("::1", "10.2.3.4", "10.1.2.3")]
    [InlineData("10.2.3.4", "2001:db8::1", "::1")]
    [InlineData("198.51.100.1", null, "127.0.0.1")]
    [InlineData("a name", null, "127.0.0.1")]
    [InlineData(null, null, "127.0.0.1")]
    public void Voice_has_an_address_for_every_far_end(string? peer, string? voice, string address)
    {
        var reach = new AnchorOptions([IPAddress.Loopback, IPAddress.IPv6Loopback], Map("10.0.0.0/8=10.1.2.3")).Reach(peer, voice);
        Assert.Equal(address, reach.To(reach.Family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback).ToString());
    }

    private static AddressMap Map(string text) => AddressMap.TryParse(text, out _)!;
}
