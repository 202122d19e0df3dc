using System.Net;
using Interop.Bridges.Sip.Trunks;
using Interop.Hub.Contracts.Directory;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class TrustedProxiesTests
{
    private const string Proxy = "10.0.0.9", Trunk = "198.51.100.9";
    private static readonly string[] Asserted = ["P-Asserted-Identity: \"Asserted\" <sip:a@partner.example>"];

    private readonly SipScene _scene = new(
        SipScene.Options with { TrustedProxies = [IPNetwork.Parse("10.0.0.9/32"), IPNetwork.Parse("10.0.0.10/32")] },
        new TrunkEntry("lab", ["198.51.100.0/24"]));

    [Theory]
    [InlineData("Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK2", "198.51.100.9")]
    [InlineData("Via: SIP/2.0/UDP pbx.local:5060;branch=z9hG4bK2;received=198.51.100.9", "198.51.100.9")]
    [InlineData("Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK2;received=192.0.2.66", "192.0.2.66")]
    [InlineData("Via: SIP/2.0/TCP [2001:db8::9]:5060;branch=z9hG4bK2", "2001:db8::9")]
    [InlineData("Via: SIP/2.0/UDP pbx.local:5060;branch=z9hG4bK2", null)]
    public void A_listed_proxy_vouches_for_the_hop_below_it(string below, string? address) =>
        Assert.Equal(address, _scene.Proxies.Of(SipScene.Request(lines: below), SipScene.From(Proxy)).Address?.ToString());

    [Fact]
    public void One_listed_proxy_behind_another_vouches_for_one_hop_more()
    {
        var request = SipScene.Request(lines: ["Via: SIP/2.0/UDP 10.0.0.10;branch=z9hG4bK2", "Via: SIP/2.0/UDP 198.51.100.9;branch=z9hG4bK3", "Via: SIP/2.0/UDP 192.0.2.66;branch=z9hG4bK4"]);

        Assert.Equal(Trunk, _scene.Proxies.Of(request, SipScene.From(Proxy)).Address?.ToString());
    }

    [Fact]
    public void Nobody_else_can_name_an_address()
    {
        var request = SipScene.Request(lines: $"Via: SIP/2.0/UDP {Trunk}:5060;branch=z9hG4bK2;received={Trunk}");

        Assert.Equal(new Origin(IPAddress.Parse("192.0.2.7"), false), _scene.Proxies.Of(request, SipScene.From("192.0.2.7")));
        Assert.Equal(401, _scene.Callers.Prove(request, SipScene.From("192.0.2.7")).Reply?.Status);
    }

    [Fact]
    public void What_is_asserted_names_a_caller_behind_a_listed_proxy_and_nobody_else()
    {
        var via = $"Via: SIP/2.0/UDP {Trunk}:5060;branch=z9hG4bK2";
        Assert.Equal("Asserted", _scene.Callers.Prove(SipScene.Request(lines: [via, .. Asserted]), SipScene.From(Proxy)).Caller?.Party.Name);
        Assert.Equal("Shown", _scene.Callers.Prove(SipScene.Request(lines: Asserted), SipScene.From(Trunk)).Caller?.Party.Name);
    }
}
