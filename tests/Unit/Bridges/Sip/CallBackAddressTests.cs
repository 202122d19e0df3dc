using System.Net;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Transports;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

/// <summary>A caller that lets its call fall must not have the hub call somebody else.</summary>
public sealed class CallBackAddressTests
{
    private static readonly IPEndPoint Hub = IPEndPoint.Parse("192.0.2.1:5060");

    [Fact]
    public void A_contact_at_the_place_that_the_call_came_from_is_called_back() =>
        Assert.Equal("sip:desk-1@192.0.2.7:5070", Of("192.0.2.7:5070"));

    [Fact]
    public void A_contact_elsewhere_is_not_called_but_the_place_that_the_call_came_from() =>
        Assert.Equal("sip:desk-1@198.51.100.4:40000", Of("198.51.100.4:40000"));

    [Theory]
    [InlineData(SipTransportKind.Tcp, "tcp")]
    [InlineData(SipTransportKind.Tls, "tls")]
    public void A_stream_is_called_back_on_its_kind(SipTransportKind kind, string name) =>
        Assert.Equal($"sip:desk-1@198.51.100.4:40000;transport={name}", Of("198.51.100.4:40000", kind));

    [Fact]
    public void A_contact_that_a_listed_proxy_vouches_for_is_called_back() =>
        Assert.Equal("sip:desk-1@192.0.2.7:5070", Of("10.0.0.9:5060", vouched: "192.0.2.7"));

    [Fact]
    public void What_a_proxy_does_not_vouch_for_is_called_back_through_it() =>
        Assert.Equal("sip:desk-1@10.0.0.9:5060", Of("10.0.0.9:5060", vouched: "192.0.2.66"));

    [Fact]
    public void A_mapped_address_is_the_one_that_it_maps() =>
        Assert.Equal("sip:desk-1@192.0.2.7:5070", Of("[::ffff:192.0.2.7]:5070"));

    private static string Of(string from, SipTransportKind kind = SipTransportKind.Udp, string? vouched = null)
    {
        var source = new SipSource(kind, IPEndPoint.Parse(from), Hub);
        var origin = vouched is null ? new Origin(source.Remote.Address, false) : new Origin(IPAddress.Parse(vouched), true);
        return CallBackAddress.Of(SipScene.Request(), source, origin).ToString();
    }
}
