using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip.Targets;

/// <summary>RFC 3263 section 4, on a fake name server.</summary>
public sealed class TargetFinderTests : ISipSender
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeDns _dns = new();
    private readonly TargetFinder _finder;
    private Func<int, int> _lot = static _ => 0;

    public TargetFinderTests()
    {
        Failures = new FailedTargets(_time);
        _finder = new TargetFinder(_dns, this, new SipLimits(), bound => _lot(bound), _time);
        _dns.Host("a.test", "10.0.0.1").Host("b.test", "10.0.0.2", "2001:db8::2").Host("example.test", "10.0.0.9");
    }

    private FailedTargets Failures { get; }

    FailedTargets ISipSender.Failures => Failures;

    [Theory]
    [InlineData("sip:x@10.1.1.1", "Udp 10.1.1.1:5060")]
    [InlineData("sip:x@10.1.1.1:5070;transport=tcp", "Tcp 10.1.1.1:5070")]
    [InlineData("sip:x@[2001:db8::1];transport=tls", "Tls [2001:db8::1]:5061")]
    [InlineData("sips:x@10.1.1.1", "Tls 10.1.1.1:5061")]
    [InlineData("sips:x@10.1.1.1;transport=udp", "")]
    [InlineData("sip:x@10.1.1.1;transport=sctp", "")]
    [InlineData("tel:+1555", "")]
    public async Task A_literal_address_is_not_looked_up(string uri, string target)
    {
        Assert.Equal(target, await FindAsync(uri));
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public async Task A_port_skips_srv()
    {
        _dns.Service("_sip._udp.example.test", new SipService(0, 0, 5080, "a.test"));
        Assert.Equal("Udp 10.0.0.9:5062", await FindAsync("sip:x@example.test:5062"));
        Assert.Equal(["example.test"], _dns.Asked);
    }

    [Fact]
    public async Task Without_services_the_host_itself_is_the_target_by_the_default_of_its_scheme()
    {
        Assert.Equal("Udp 10.0.0.9:5060", await FindAsync("sip:x@example.test"));
        Assert.Equal("Tls 10.0.0.9:5061", await FindAsync("sips:x@example.test"));
        Assert.Equal(["NAPTR example.test", "_sip._udp.example.test", "_sip._tcp.example.test", "example.test", "_sips._tcp.example.test"], _dns.Asked);
    }

    [Fact]
    public async Task Services_come_by_priority_and_udp_before_tcp_and_every_address_of_each()
    {
        _dns.Service("_sip._udp.example.test", new SipService(20, 0, 5060, "a.test."), new SipService(10, 0, 5070, "b.test."));
        _dns.Service("_sip._tcp.example.test", new SipService(0, 0, 5090, "a.test."));
        Assert.Equal(
            "Udp 10.0.0.2:5070, Udp [2001:db8::2]:5070, Udp 10.0.0.1:5060, Tcp 10.0.0.1:5090",
            await FindAsync("sip:x@example.test"));
        Assert.Equal("Tcp 10.0.0.1:5090", await FindAsync("sip:x@example.test;transport=tcp"));
    }

    [Fact]
    public async Task The_domains_own_order_of_transports_comes_first_and_no_weaker_one_after_it()
    {
        _dns.Pointer(
            "example.test",
            new SipPointer(90, 50, "s", "SIP+D2T", "_sip._tcp.elsewhere.test."),
            new SipPointer(50, 60, "s", "SIPS+D2T", "_sips._tcp.elsewhere.test."),
            new SipPointer(50, 50, "S", "sips+d2t", "_sips._tcp.first.test."),
            new SipPointer(10, 50, "u", "E2U+sip", "."));
        _dns.Service("_sips._tcp.elsewhere.test", new SipService(0, 0, 5071, "a.test")).Service("_sips._tcp.first.test", new SipService(0, 0, 5061, "b.test"));
        _dns.Service("_sip._tcp.elsewhere.test", new SipService(0, 0, 5090, "a.test"));
        Assert.Equal("Tls 10.0.0.2:5061, Tls [2001:db8::2]:5061, Tls 10.0.0.1:5071", await FindAsync("sip:x@example.test"));
        Assert.All(await _finder.FindAsync(SipUri.Parse("sip:x@example.test"), default), target => Assert.Equal("example.test", target.ServerName));
    }

    [Theory]
    [InlineData("sips:x@example.test", "Tls 10.0.0.1:5061", "sips takes no pointer to less than TLS")]
    [InlineData("sip:x@example.test;transport=udp", "Udp 10.0.0.1:5080", "a transport in the URI leaves nothing to choose")]
    [InlineData("sip:x@example.test:5060", "Udp 10.0.0.9:5060", "nor does a port")]
    [InlineData("sip:x@example.test", "Tcp 10.0.0.2:5090, Tcp [2001:db8::2]:5090", "the one that points to something")]
    public async Task Pointers_count_where_the_uri_leaves_the_transport_open(string uri, string targets, string why)
    {
        _dns.Pointer("example.test", new SipPointer(10, 0, "s", "SIP+D2U", "_sip._udp.nothing.test"), new SipPointer(20, 0, "s", "SIP+D2T", "_sip._tcp.pointed.test"));
        _dns.Service("_sip._tcp.pointed.test", new SipService(0, 0, 5090, "b.test"));
        _dns.Service("_sips._tcp.example.test", new SipService(0, 0, 5061, "a.test")).Service("_sip._udp.example.test", new SipService(0, 0, 5080, "a.test"));
        Assert.True(targets == await FindAsync(uri), why);
    }

    [Fact]
    public async Task Pointers_that_lead_nowhere_leave_the_services_of_the_domain()
    {
        _dns.Pointer("example.test", new SipPointer(10, 0, "s", "SIP+D2S", "_sip._sctp.example.test"), new SipPointer(10, 0, "a", "SIP+D2U", "a.test"), new SipPointer(10, 0, "s", "SIP+D2U", "."));
        _dns.Service("_sip._udp.example.test", new SipService(0, 0, 5080, "a.test"));
        Assert.Equal("Udp 10.0.0.1:5080", await FindAsync("sip:x@example.test"));
    }

    [Fact]
    public async Task Thousands_of_pointers_cost_no_more_look_ups_than_there_are_targets_to_try()
    {
        _dns.Pointer("example.test", [.. Enumerable.Range(0, 5000).Select(at => new SipPointer(at, 0, "s", "SIP+D2U", $"_sip._udp.s{at}.test"))]);
        await FindAsync("sip:x@example.test");
        Assert.InRange(_dns.Asked.Count, 1, new SipLimits().TargetsTried + 5);
    }

    [Theory]
    [InlineData(0, "a.test")]
    [InlineData(25, "a.test")]
    [InlineData(26, "b.test")]
    [InlineData(100, "b.test")]
    public async Task Weights_are_the_chances_within_a_priority(int drawn, string first)
    {
        _lot = bound => Math.Min(drawn, bound - 1);
        _dns.Service("_sip._udp.example.test", new SipService(1, 25, 5060, "a.test"), new SipService(1, 75, 5060, "b.test"));
        var address = first == "a.test" ? "10.0.0.1" : "10.0.0.2";
        Assert.StartsWith($"Udp {address}:5060", await FindAsync("sip:x@example.test"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_said_not_to_exist_is_not_looked_for_at_the_host()
    {
        _dns.Service("_sips._tcp.example.test", new SipService(0, 0, 0, "."));
        Assert.Equal("", await FindAsync("sips:x@example.test"));
    }

    [Fact]
    public async Task The_certificate_must_be_for_the_domain_and_not_for_the_host_that_srv_names()
    {
        _dns.Service("_sips._tcp.example.test", new SipService(0, 0, 5061, "a.test"));
        var targets = await _finder.FindAsync(SipUri.Parse("sips:x@example.test"), default);
        Assert.Equal("example.test", Assert.Single(targets).ServerName);
    }

    [Fact]
    public async Task Answers_hold_for_their_time_and_beyond_it_while_the_name_server_is_down()
    {
        await FindAsync("sip:x@a.test:5060");
        await FindAsync("sip:x@A.test:5060");
        Assert.Single(_dns.Asked);

        _time.Advance(TimeSpan.FromSeconds(61));
        _dns.IsDown = true;
        Assert.Equal("Udp 10.0.0.1:5060", await FindAsync("sip:x@a.test:5060"));
        Assert.Equal("", await FindAsync("sip:x@b.test:5060"));

        _time.Advance(TimeSpan.FromSeconds(6));
        _dns.IsDown = false;
        _dns.Host("a.test", "10.0.0.7");
        Assert.Equal("Udp 10.0.0.7:5060", await FindAsync("sip:x@a.test:5060"));
        _time.Advance(TimeSpan.FromDays(2));
        _dns.IsDown = true;
        Assert.Equal("", await FindAsync("sip:x@a.test:5060"));
    }

    [Fact]
    public async Task A_target_that_failed_of_late_comes_last()
    {
        _dns.Service("_sip._udp.example.test", new SipService(1, 0, 5060, "a.test"), new SipService(2, 0, 5060, "b.test"));
        Failures.Remember(new SipDestination(SipTransportKind.Udp, IPEndPoint.Parse("10.0.0.1:5060")));
        Assert.EndsWith("Udp 10.0.0.1:5060", await FindAsync("sip:x@example.test"), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.StartsWith("Udp 10.0.0.1:5060", await FindAsync("sip:x@example.test"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_targets_are_tried_than_may_be_whatever_a_domain_says()
    {
        _dns.Service("_sip._udp.many.test", [.. Enumerable.Range(1, 30).Select(number => new SipService(number, 0, 5060, $"server-{number}.test"))]);
        for (var number = 1; number <= 30; number++) _dns.Host($"server-{number}.test", $"10.1.0.{number}", $"10.2.0.{number}");

        Assert.Equal(new SipLimits().TargetsTried, (await FindAsync("sip:x@many.test")).Split(", ").Length);
        Assert.DoesNotContain("server-5.test", _dns.Asked);
    }

    [Fact]
    public async Task The_cache_is_bounded()
    {
        var cache = new RecordCache<int>(10, _time);
        var asked = 0;
        for (var i = 0; i < 100; i++) await cache.GetAsync($"host-{i}", Ask, default);
        for (var i = 0; i < 100; i++) await cache.GetAsync($"host-{i}", Ask, default);
        Assert.InRange(asked, 190, 200);

        ValueTask<SipRecords<int>?> Ask(string name, CancellationToken cancellation)
        {
            asked++;
            return ValueTask.FromResult<SipRecords<int>?>(new([1], TimeSpan.FromMinutes(1)));
        }
    }

    void ISipSender.Send(ReadOnlyMemory<byte> octets, SipDestination destination, Action failed) { }

    bool ISipSender.IsConnected(SipDestination destination) => false;

    bool ISipSender.Speaks(SipTransportKind transport, IPAddress address) => true;

    void ISipSender.Alias(SipSource source, Via via) { }

    int ISipSender.Preference(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1;

    SipHostPort ISipSender.AddressFor(SipDestination destination) => default;

    private async Task<string> FindAsync(string uri) =>
        string.Join(", ", (await _finder.FindAsync(SipUri.Parse(uri), default)).Select(target => $"{target.Transport} {target.EndPoint}"));
}
