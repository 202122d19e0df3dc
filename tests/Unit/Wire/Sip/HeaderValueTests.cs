using Interop.Bridges.Wire.Sip.Headers;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Tests.Unit.Wire.Sip;

public sealed class HeaderValueTests
{
    [Theory]
    [InlineData("esnet.4", 4)]
    [InlineData("esnet.0", 0)]
    [InlineData("ETS.0", 4)]
    [InlineData("wps.4", 0)]
    [InlineData("q735.1", 3)]
    [InlineData("dsn.flash-override", 4)]
    [InlineData("drsn.flash-override-override", 5)]
    [InlineData("dsn.flash-override-override", null)]
    [InlineData("ets.5", null)]
    [InlineData("ours.7", null)]
    public void A_priority_ranks_within_its_namespace(string text, int? rank)
    {
        Assert.True(ResourcePriority.TryParse(text, out var priority));
        Assert.Equal(rank, priority.Rank);
        Assert.Equal(text.ToLowerInvariant(), priority.ToString());
    }

    [Fact]
    public void Priorities_keep_the_senders_order_and_malformed_ones_are_left_out()
    {
        var headers = new SipHeaders().Add(HeaderNames.ResourcePriority, "wps.3, nonsense, a.b.c, esnet.1").Add("resource-priority", "ets.2");
        Assert.Equal(["wps.3", "esnet.1", "ets.2"], ResourcePriority.ReadAll(headers).Select(priority => priority.ToString()));
    }

    [Fact]
    public void Reasons_of_both_protocols_are_read_and_written()
    {
        var headers = new SipHeaders().Add(HeaderNames.Reason, "Q.850 ;cause=16 ;text=\"Terminated\", SIP;cause=600;text=\"Busy, \\\"really\\\"\"");
        Assert.Equal([ReasonHeader.Q850(16, "Terminated"), ReasonHeader.Sip(600, "Busy, \"really\"")], ReasonHeader.ReadAll(headers));
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\"", ReasonHeader.Sip(200, "Call completed elsewhere").ToString());
        Assert.Equal(new ReasonHeader("SIP", null, null), Read("SIP;cause=x"));

        static ReasonHeader Read(string text) => ReasonHeader.TryParse(text, out var reason) ? reason : throw new FormatException(text);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(";expires=60", 60u)]
    [InlineData(";expires=soon", 3600u)]
    [InlineData(";expires=4294967296", 3600u)]
    public void A_binding_lasts_as_its_contact_says(string parameters, uint? expires) => Assert.Equal(expires, Binding(parameters).Expires);

    [Theory]
    [InlineData("", null)]
    [InlineData(";q=1", 1000)]
    [InlineData(";q=1.000", 1000)]
    [InlineData(";q=0.7", 700)]
    [InlineData(";q=0.05", 50)]
    [InlineData(";q=0.", 0)]
    [InlineData(";q=1.5", null)]
    [InlineData(";q=.5", null)]
    [InlineData(";q=0.1234", null)]
    public void A_binding_is_preferred_by_q(string parameters, int? thousandths) => Assert.Equal(thousandths, Binding(parameters).Preference);

    [Fact]
    public void A_binding_names_its_instance_and_flow()
    {
        var binding = Binding(";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>\";reg-id=2");
        Assert.Equal("urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF", binding.InstanceId);
        Assert.Equal(2u, binding.RegId);
        Assert.Null(Binding(";+sip.instance=bare;reg-id=0").InstanceId);
        Assert.Null(Binding(";reg-id=0").RegId);
    }

    [Fact]
    public void A_star_among_contacts_is_told_apart()
    {
        Assert.Empty(ContactBinding.ReadAll(new SipHeaders().Add("Contact", "*"), out var all));
        Assert.True(all);
        Assert.Equal(2, ContactBinding.ReadAll(new SipHeaders().Add("Contact", "<sip:a@b>, <sip:c@d>;expires=0"), out all).Count);
        Assert.False(all);
    }

    [Fact]
    public void A_prack_says_which_response_it_means()
    {
        Assert.True(RAck.TryParse(" 776656 1 INVITE", out var acknowledged));
        Assert.Equal(new RAck(776656, new CSeq(1, "INVITE")), acknowledged);
        Assert.Equal("776656 1 INVITE", acknowledged.ToString());
        Assert.False(RAck.TryParse("776656 INVITE", out _));
        Assert.False(RAck.TryParse("-1 1 INVITE", out _));
    }

    [Fact]
    public void Replaces_names_a_dialog_also_inside_refer_to()
    {
        Assert.True(ReplacesHeader.TryParse("98732@sip.example.com ;from-tag=r33th4x0r;to-tag=ff87ff;early-only", out var replaces));
        Assert.Equal(new ReplacesHeader("98732@sip.example.com", "ff87ff", "r33th4x0r", true), replaces);
        Assert.False(ReplacesHeader.TryParse("98732;to-tag=a", out _));
        var refer = SipUri.Parse("sip:bob@example.com?Replaces=12345%40192.0.2.1%3Bto-tag%3D12%3Bfrom-tag%3D34&X-Evil=a%0d%0ab&require=replaces");
        var fields = refer.HeaderFields();
        Assert.Equal([HeaderNames.Replaces, HeaderNames.Require], fields.Select(field => field.Name));
        Assert.True(ReplacesHeader.TryParse(fields[0].Value, out replaces));
        Assert.Equal("12345@192.0.2.1;to-tag=12;from-tag=34", replaces.ToString());
    }

    [Fact]
    public void Events_match_by_package_and_id_alone()
    {
        Assert.True(EventHeader.TryParse("conference;id=7;x=y", out var first));
        Assert.True(EventHeader.TryParse("conference ; id=7", out var second));
        Assert.True(EventHeader.TryParse("conference", out var third));
        Assert.True(first.Matches(second));
        Assert.False(first.Matches(third));
        Assert.False(EventHeader.TryParse("a b", out _));
    }

    [Fact]
    public void The_state_of_a_subscription_is_read_and_written()
    {
        Assert.True(SubscriptionStateHeader.TryParse("Terminated;reason=noresource;retry-after=5", out var state));
        Assert.True(state.IsTerminated);
        Assert.Equal("terminated;reason=noresource;retry-after=5", state.ToString());
        Assert.Equal("active;expires=60", new SubscriptionStateHeader("active", 60).ToString());
    }

    [Fact]
    public void Numbers_addresses_and_privacy_are_read_leniently_and_never_guessed()
    {
        var headers = new SipHeaders().Add(HeaderNames.MinExpires, " 60 ").Add(HeaderNames.RSeq, "-1").Add(HeaderNames.Privacy, "critical; ID")
            .Add(HeaderNames.Path, "<sip:p1.example.com;lr>, <sip:p2.example.com;lr>").Add(HeaderNames.ServiceRoute, "<sip:unclosed");
        Assert.Equal(60u, headers.Number(HeaderNames.MinExpires));
        Assert.Null(headers.Number(HeaderNames.RSeq));
        Assert.Null(headers.Number(HeaderNames.Expires));
        Assert.True(headers.AsksPrivacy("id"));
        Assert.False(headers.AsksPrivacy("session"));
        Assert.True(headers.TryAddresses(HeaderNames.Path, out var path));
        Assert.Equal("p2.example.com", path[1].Uri.Host);
        Assert.False(headers.TryAddresses(HeaderNames.ServiceRoute, out _));
    }

    private static ContactBinding Binding(string parameters) =>
        ContactBinding.ReadAll(new SipHeaders().Add("Contact", $"<sip:bob@192.0.2.4>{parameters}"), out _)[0];
}
