using Interop.Hub.Domain.Dialling;
using Xunit;

namespace Interop.Tests.Unit.Hub;

/// <summary>What an address means, however it is written.</summary>
public sealed class DialAddressTests
{
    [Theory]
    [InlineData("sip:desk@PBX.Example.ORG.", "desk", "pbx.example.org", null, null)]
    [InlineData("SIP:1%30%30@10.0.0.5:5070", "100", "10.0.0.5", 5070, null)]
    [InlineData("sips:desk@10.0.0.5;transport=TLS;ob;user=phone", "desk", "10.0.0.5", null, "tls")]
    [InlineData("sip:desk@[2001:db8:0:0::1]:5060", "desk", "2001:db8::1", 5060, null)]
    [InlineData("sip:desk@[::ffff:10.0.0.5]", "desk", "10.0.0.5", null, null)]
    [InlineData("sip:desk@10.0.0.5;transport=tcp?Replaces=c1%40pbx%3Bto-tag%3Da%3Bfrom-tag%3Db", "desk", "10.0.0.5", null, "tcp")]
    [InlineData("sip:pbx.example.org", "", "pbx.example.org", null, null)]
    public void Case_escapes_last_dots_and_notations_of_an_address_are_undone(string text, string user, string host, int? port, string? transport)
    {
        var address = DialAddress.Read(text, out var fault);
        Assert.True(address is not null, fault);
        Assert.Equal((user, host, port, transport), (address.User, address.Host, address.Port, address.Transport));
    }

    [Theory]
    [InlineData("sip:desk@10.0.0.5;maddr=192.0.2.9")]
    [InlineData("sip:desk@10.0.0.5;%6daddr=192.0.2.9")]
    [InlineData("sip:desk@10.0.0.5?Route=%3Csip:192.0.2.9%3E")]
    [InlineData("sip:desk@10.0.0.5;transport=udp?Route=x")]
    [InlineData("sip:desk@10.0.0.5?Replaces=a%3Bto-tag%3Db&Route=x")]
    [InlineData("sip:desk@10.0.0.5?Replaces=a%0D%0ARoute:x")]
    [InlineData("sip:desk@10.0.0.5;transport=udp;transport=tcp")]
    [InlineData("sip:desk@10.0.0.5;transport=ws")]
    [InlineData("sip:desk@10.0.0.5;rn=19005550100")]
    [InlineData("sip:desk:19005550100@10.0.0.5")]
    [InlineData("sip:a%40b@10.0.0.5")]
    [InlineData("sip:%2519@10.0.0.5")]
    [InlineData("sip:a%00b@10.0.0.5")]
    [InlineData("sip:a%e9b@10.0.0.5")]
    [InlineData("sip:a%4@10.0.0.5")]
    [InlineData("sip:a@b@10.0.0.5")]
    [InlineData("sip:desk@167772165")]
    [InlineData("sip:desk@0x0a000005")]
    [InlineData("sip:desk@10.5")]
    [InlineData("sip:desk@010.0.0.5")]
    [InlineData("sip:desk@[fe80::1%25eth0]")]
    [InlineData("sip:desk@[::1")]
    [InlineData("sip:desk@10.0.0.5:0")]
    [InlineData("sip:desk@10.0.0.5:99999")]
    [InlineData("sip:desk@a..b")]
    [InlineData("sip:desk@a/b")]
    [InlineData("sip:@10.0.0.5")]
    [InlineData("sip:")]
    [InlineData("tel:+18605550100")]
    [InlineData("http://10.0.0.5")]
    [InlineData("")]
    [InlineData(null)]
    public void What_could_lead_a_call_elsewhere_or_hide_where_it_goes_is_no_address(string? text)
    {
        Assert.Null(DialAddress.Read(text, out var fault));
        Assert.NotEmpty(fault);
    }

    [Theory]
    [InlineData("1234", false, "1234")]
    [InlineData("5550100", true, "5550100")]
    [InlineData("+1-860-555-0100", true, "+18605550100")]
    [InlineData("1%2e860%28555%290100", true, "18605550100")]
    [InlineData("p1900a555b0100", true, null)]
    [InlineData("18605550100;ext=5", true, null)]
    [InlineData("engine7", false, null)]
    [InlineData("*72", false, null)]
    public void A_telephone_number_is_known_by_its_digits_whatever_stands_between_them(string user, bool isNumber, string? number)
    {
        var address = DialAddress.Read($"sip:{user}@10.0.0.5", out _)!;
        Assert.Equal((isNumber, number), (address.IsNumber, address.Number));
    }

    [Theory]
    [InlineData("sip:*@pbx.example.org", "sip:anyone@pbx.example.org:5080;transport=tcp", true)]
    [InlineData("sip:*@pbx.example.org", "sips:anyone@pbx.example.org", true)]
    [InlineData("sips:*@pbx.example.org", "sip:anyone@pbx.example.org", false)]
    [InlineData("sip:*@pbx.example.org", "sip:anyone@pbx.example.org.evil.example", false)]
    [InlineData("sip:*@pbx.example.org", "sip:a%3b@evil.example", false)]
    [InlineData("sip:*@*.example.org", "sip:a@b.example.org", true)]
    [InlineData("sip:*@*.example.org", "sip:a@example.org", false)]
    [InlineData("sip:*@*.example.org", "sip:a@evilexample.org", false)]
    [InlineData("sip:1???@10.0.0.5", "sip:1234@10.0.0.5", true)]
    [InlineData("sip:1???@10.0.0.5", "sip:12345@10.0.0.5", false)]
    [InlineData("sip:1???@10.0.0.5:5070", "sip:1234@10.0.0.5", false)]
    [InlineData("sip:1???@10.0.0.5:5060", "sip:1234@10.0.0.5", true)]
    [InlineData("sip:1???@10.0.0.5;transport=tls", "sip:1234@10.0.0.5", false)]
    [InlineData("sip:a*c*e@b", "sip:abcbcde@b", true)]
    [InlineData("sip:a*c*e@b", "sip:abcbcd@b", false)]
    [InlineData("sip:[2001:db8::1]", "sip:[2001:DB8:0::1]", true)]
    [InlineData("sip:Desk@b", "sip:desk@b", false)]
    public void A_pattern_takes_what_it_means(string pattern, string address, bool takes) =>
        Assert.Equal(takes, DestinationPattern.Read(pattern, out _)!.Takes(DialAddress.Read(address, out _)!, onOwnTrunk: false));

    [Theory]
    [InlineData("tel:+1860*", "+1-860-555-0100", true)]
    [InlineData("tel:+1-860-*", "%2b18605550100", true)]
    [InlineData("tel:+1860*", "+19005550100", false)]
    [InlineData("tel:+1860*", "18605550100", false)]
    [InlineData("tel:911", "911", true)]
    [InlineData("tel:+1860*", "+18605550100;phone-context=+1900", false)]
    public void A_number_is_taken_through_a_trunk_of_the_agencys_own(string pattern, string user, bool takes)
    {
        var address = DialAddress.Read($"sip:{user}@10.0.0.5", out _)!;
        var read = DestinationPattern.Read(pattern, out _)!;
        Assert.Equal(takes, read.Takes(address, onOwnTrunk: true));
        Assert.False(read.Takes(address, onOwnTrunk: false));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("sip:*@*")]
    [InlineData("sip:*@*.org")]
    [InlineData("sip:*@*.10.0.0.5")]
    [InlineData("sip:*@10.0.0.*")]
    [InlineData("sip:@b")]
    [InlineData("sip:a:b@c")]
    [InlineData("sip:a%20@c")]
    [InlineData("tel:")]
    [InlineData("tel:+1860abc")]
    [InlineData("http:*@b")]
    [InlineData("sip:*@b;maddr=c")]
    public void A_pattern_that_says_too_much_or_nothing_is_none(string pattern)
    {
        Assert.Null(DestinationPattern.Read(pattern, out var fault));
        Assert.NotEmpty(fault);
    }
}
