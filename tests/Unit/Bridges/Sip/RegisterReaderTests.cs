using System.Net;
using Interop.Bridges.Core.Anchor;
using System.Text;
using Interop.Bridges.Sip;
using Interop.Bridges.Sip.Registrations;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Registrations;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class RegisterReaderTests
{
    private const string Instance = "+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000a95a0e128>\";reg-id=1";
    private static readonly IPAddress From = IPAddress.Parse("192.0.2.7");

    [Theory]
    [InlineData("<sip:desk-1@192.0.2.7:5070>;expires=600", "", 600)]
    [InlineData("<sip:desk-1@192.0.2.7:5070>", "Expires: 900", 900)]
    [InlineData("<sip:desk-1@192.0.2.7:5070>", "", 3600)]
    [InlineData("<sip:desk-1@192.0.2.7:5070>;expires=86400", "", 3600)]
    [InlineData("<sip:desk-1@192.0.2.7:5070>;expires=99999999999999", "", 3600)]
    [InlineData("<sip:desk-1@192.0.2.7:5070>;expires=soon", "", 3600)]
    [InlineData("<sip:desk-1@192.0.2.7:5070>;expires=0", "Expires: 900", 0)]
    [InlineData("<sip:desk-1@192.0.2.7:5070>", "Expires: 0", 0)]
    public void A_contact_lasts_as_long_as_it_says_within_bounds(string contact, string header, int seconds) =>
        Assert.Equal(seconds, Assert.Single(Order(contact, header).Contacts).Lasts.TotalSeconds);

    [Theory]
    [InlineData("<sip:desk-1@192.0.2.7>;expires=59", 423)]
    [InlineData("*", 400)]
    [InlineData("*, <sip:desk-1@192.0.2.7>", 400)]
    [InlineData("<tel:+18605550100>", 400)]
    public void What_cannot_be_bound_is_refused(string contact, int status) => Assert.Equal(status, Read(contact).Reply?.Status);

    [Fact]
    public void Too_short_a_time_is_told_the_shortest() =>
        Assert.Contains(new SipHeader("Min-Expires", "60"), Read("<sip:desk-1@192.0.2.7>;expires=30").Reply!.Headers);

    [Fact]
    public void The_star_with_expires_0_removes_all() => Assert.True(Order("*", "Expires: 0").RemoveAll);

    [Fact]
    public void Without_contacts_it_only_asks() => Assert.True(Read(null).Order is { Contacts.Count: 0, RemoveAll: false });

    [Fact]
    public void More_contacts_than_a_phone_may_have_are_refused() =>
        Assert.Equal(400, Read(string.Join(", ", Enumerable.Range(1, 11).Select(port => $"<sip:desk-1@192.0.2.7:{port}>"))).Reply?.Status);

    [Fact]
    public void Capabilities_are_kept_and_the_times_are_not()
    {
        var contact = Assert.Single(Order("<sip:desk-1@192.0.2.7>;q=0.5;audio;mobility=\"fixed\";expires=600").Contacts);

        Assert.Equal((";audio;mobility=\"fixed\"", 0.5), (contact.Parameters, contact.Q));
    }

    [Fact]
    public void A_flow_is_one_binding_whatever_address_it_has()
    {
        var first = Read($"<sip:desk-1@192.0.2.7:5070>;{Instance}", "Supported: outbound, path");
        var moved = Read($"<sip:desk-1@192.0.2.8:6000>;{Instance}", "Supported: outbound, path");

        Assert.True(first.Outbound);
        Assert.Equal(first.Order!.Contacts[0].Key, moved.Order!.Contacts[0].Key);
        Assert.True(first.Order.Contacts[0].ByFlowAlone);
    }

    [Fact]
    public void Behind_a_proxy_that_keeps_no_flows_the_address_counts()
    {
        var reading = Read($"<sip:desk-1@192.0.2.7:5070>;{Instance}", "Supported: outbound\r\nVia: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bKphone");

        Assert.False(reading.Outbound);
        Assert.StartsWith("sip:", reading.Order!.Contacts[0].Key, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<sip:desk-1@192.0.2.7:5070>", false)]
    [InlineData("<sip:desk-1@10.0.0.4:5070>", true)]
    [InlineData("<sip:desk-1@phone.invalid;transport=tcp>", true)]
    public void A_contact_elsewhere_than_its_request_is_reached_by_its_flow_alone(string contact, bool alone) =>
        Assert.Equal(alone, Order(contact).Contacts[0].ByFlowAlone);

    [Fact]
    public void A_path_leads_to_a_contact_wherever_it_is()
    {
        var order = Order("<sip:desk-1@10.0.0.4:5070>", "Path: <sip:edge.example.org;lr>, <sip:inner.example.org;lr>");

        Assert.Equal(["<sip:edge.example.org;lr>", "<sip:inner.example.org;lr>"], order.Path);
        Assert.False(order.Contacts[0].ByFlowAlone);
    }

    [Theory]
    [InlineData("<sip:desk-1@PHONE.example.org:5070>", "<sip:desk-1@phone.example.org:5070;line=2>", true)]
    [InlineData("<sip:desk-1@phone.example.org:5070>", "<sip:desk-2@phone.example.org:5070>", false)]
    [InlineData("<sip:desk-1@phone.example.org:5070>", "<sip:desk-1@phone.example.org:5071>", false)]
    [InlineData("<sip:desk-1@phone.example.org>", "<sip:desk-1@phone.example.org;transport=TCP>", false)]
    public void Addresses_are_compared_by_user_host_port_and_transport(string one, string other, bool same) =>
        Assert.Equal(same, Order(one).Contacts[0].Key == Order(other).Contacts[0].Key);

    private static RegisterOrder Order(string contact, string header = "") => Read(contact, header).Order ?? throw new InvalidOperationException("refused");

    private static RegisterReading Read(string? contact, string header = "")
    {
        var lines = new List<string>
        {
            "REGISTER sip:hub.example.org SIP/2.0",
            "Via: SIP/2.0/UDP 192.0.2.7:5070;branch=z9hG4bKregister;rport=5070",
            "From: <sip:desk-1@hub.example.org>;tag=1",
            "To: <sip:desk-1@hub.example.org>",
            "Call-ID: register-1",
            "CSeq: 1 REGISTER",
        };
        if (contact is not null)
            lines.Add($"Contact: {contact}");
        if (header.Length > 0)
            lines.Add(header);
        var text = string.Join("\r\n", lines) + "\r\n\r\n";
        var (message, error) = SipParser.Parse(Encoding.UTF8.GetBytes(text), new SipLimits());
        Assert.Equal(SipParseErrorKind.None, error.Kind);
        return new RegisterReader(new SipBridgeOptions([IPAddress.Loopback], 0, AddressMap.Empty)).Read((SipRequest)message!, null, From);
    }
}
