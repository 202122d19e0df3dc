using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>The notifier's side of RFC 6665, message by message, on a turned clock.</summary>
public sealed class SubscriptionTests : IAsyncDisposable, ISubscriptionHandler
{
    private readonly TestWire _wire = new(new SipOptions { Lanes = 1, Events = ["conference"], Limits = new SipLimits { Subscriptions = 2 } });
    private readonly SipSignal<Subscription> _refreshed = new();
    private readonly SipSignal<string> _ended = new();

    public SubscriptionTests() => _wire.OnSubscribe = subscription => subscription.Accept(subscription.Expires, this);

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    void ISubscriptionHandler.OnRefreshed(Subscription subscription) => _refreshed.Set(subscription);

    void ISubscriptionHandler.OnEnded(Subscription subscription, string reason) => _ended.Set(reason);

    [Fact]
    public async Task A_subscriber_gets_200_and_then_the_state()
    {
        var (subscription, ok) = await SubscribeAsync(300);
        Assert.Equal("300", ok.Headers[HeaderNames.Expires]);
        Assert.NotNull(ok.Contact);
        var answered = subscription.NotifyAsync("application/conference-info+xml", Encoding.UTF8.GetBytes("<x/>"));
        var notify = await _wire.RequestAsync("NOTIFY");
        Assert.Equal("conference", notify.Headers[HeaderNames.Event]);
        Assert.Equal("active;expires=300", notify.Headers[HeaderNames.SubscriptionState]);
        Assert.Equal("sip:peer@127.0.0.2:5070", notify.Uri.ToString());
        Assert.Equal("peer", notify.To.Tag);
        Assert.Equal(ok.To.Tag, notify.From.Tag);
        _wire.Answer(notify, 200);
        Assert.Equal(200, (await TestPeer.Within(answered, "the NOTIFY to be answered")).Status);
    }

    [Fact]
    public async Task Notifications_go_out_one_at_a_time_and_in_order()
    {
        var (subscription, _) = await SubscribeAsync(300);
        for (var i = 0; i < 3; i++) _ = subscription.NotifyAsync("text/plain", Encoding.UTF8.GetBytes($"{i}"));
        for (var i = 0; i < 3; i++)
        {
            var notify = await _wire.RequestAsync("NOTIFY");
            Assert.Equal($"{i}", Encoding.UTF8.GetString(notify.Body.Span));
            await _wire.SettleAsync();
            var sent = _wire.SentCount;
            await _wire.SettleAsync();
            Assert.Equal(sent, _wire.SentCount);
            _wire.Answer(notify, 200);
        }
    }

    [Fact]
    public async Task A_refresh_extends_it_and_asks_for_the_whole_state()
    {
        var (subscription, ok) = await SubscribeAsync(300);
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(200));
        _wire.Receive(Subscribe(300, "z9hG4bKs2", 2, ok.To.Tag!));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        Assert.Same(subscription, await TestPeer.Within(_refreshed.NextAsync(), "the refresh"));
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(200));
        _ = subscription.NotifyAsync(null, default);
        Assert.Equal("active;expires=100", (await _wire.RequestAsync("NOTIFY")).Headers[HeaderNames.SubscriptionState]);
    }

    [Fact]
    public async Task Without_refresh_it_ends_with_a_last_notify()
    {
        await SubscribeAsync(300);
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(301));
        var last = await _wire.RequestAsync("NOTIFY");
        Assert.Equal("terminated;reason=timeout", last.Headers[HeaderNames.SubscriptionState]);
        _wire.Answer(last, 200);
        Assert.Equal("timeout", await TestPeer.Within(_ended.NextAsync(), "the end"));
    }

    [Fact]
    public async Task Expires_0_fetches_the_state_once()
    {
        var (subscription, ok) = await SubscribeAsync(0);
        Assert.Equal("0", ok.Headers[HeaderNames.Expires]);
        _ = subscription.NotifyAsync("text/plain", Encoding.UTF8.GetBytes("state"));
        var notify = await _wire.RequestAsync("NOTIFY");
        Assert.Equal("terminated;reason=timeout", notify.Headers[HeaderNames.SubscriptionState]);
        Assert.False(notify.Body.IsEmpty);
        _wire.Answer(notify, 200);
        await TestPeer.Within(_ended.NextAsync(), "the end");
        _wire.Receive(Subscribe(300, "z9hG4bKs2", 2, ok.To.Tag!));
        Assert.Equal(481, (await _wire.AnswersAsync()).Status);
    }

    [Theory]
    [InlineData(481)]
    [InlineData(408)]
    [InlineData(489)]
    public async Task A_subscriber_that_knows_nothing_of_it_ends_it(int status)
    {
        var (subscription, _) = await SubscribeAsync(300);
        _ = subscription.NotifyAsync(null, default);
        _wire.Answer(await _wire.RequestAsync("NOTIFY"), status);
        await TestPeer.Within(_ended.NextAsync(), "the end");
        Assert.Equal(481, (await TestPeer.Within(subscription.NotifyAsync(null, default), "the answer")).Status);
    }

    [Fact]
    public async Task A_subscriber_that_is_silent_or_busy_differs()
    {
        var (subscription, _) = await SubscribeAsync(300);
        _ = subscription.NotifyAsync(null, default);
        _wire.Answer(await _wire.RequestAsync("NOTIFY"), 503);
        _ = subscription.NotifyAsync(null, default);
        await _wire.RequestAsync("NOTIFY");
        for (var i = 0; i < 66; i++) await _wire.AdvanceAsync(TimeSpan.FromMilliseconds(500));
        Assert.Equal("noresource", await TestPeer.Within(_ended.NextAsync(), "the end"));
    }

    [Fact]
    public async Task What_cannot_be_had_is_refused_with_what_can()
    {
        _wire.Receive(Written.Request("SUBSCRIBE", headers: "Event: presence\r\nExpires: 300\r\n"));
        var unknown = await _wire.AnswersAsync();
        Assert.Equal((489, "conference"), (unknown.Status, unknown.Headers[HeaderNames.AllowEvents]));
        _wire.Receive(Written.Request("SUBSCRIBE", "z9hG4bK2", callId: "c2"));
        Assert.Equal(489, (await _wire.AnswersAsync()).Status);
        _wire.Receive(Subscribe(30, "z9hG4bK3", 1, "").Replace("call-1", "c3"));
        var brief = await _wire.AnswersAsync();
        Assert.Equal((423, "60"), (brief.Status, brief.Headers[HeaderNames.MinExpires]));
        _wire.Receive(Written.Request("SUBSCRIBE", "z9hG4bK4", callId: "c4", headers: "Event: refer\r\n"));
        Assert.Equal(403, (await _wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task Subscriptions_are_bounded_and_their_places_come_back()
    {
        var (first, _) = await SubscribeAsync(300);
        _wire.Receive(Subscribe(300, "z9hG4bKb", 1, "").Replace("call-1", "c2"));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        _wire.Receive(Subscribe(300, "z9hG4bKc", 1, "").Replace("call-1", "c3"));
        var busy = await _wire.AnswersAsync();
        Assert.Equal((503, "10"), (busy.Status, busy.Headers[HeaderNames.RetryAfter]));
        _ = first.EndAsync("noresource");
        _wire.Answer(await _wire.RequestAsync("NOTIFY"), 200);
        await TestPeer.Within(_ended.NextAsync(), "the end of the first");
        _wire.Receive(Subscribe(300, "z9hG4bKd", 1, "").Replace("call-1", "c4"));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task An_application_that_never_answers_is_500()
    {
        _wire.OnSubscribe = _ => { };
        _wire.Receive(Subscribe(300, "z9hG4bK1", 1, ""));
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(500, (await _wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task An_acceptance_that_comes_too_late_begins_nothing()
    {
        var late = new SipSignal<IncomingSubscription>();
        _wire.OnSubscribe = late.Set;
        _wire.Receive(Subscribe(300, "z9hG4bK1", 1, ""));
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(500, (await _wire.AnswersAsync()).Status);
        var subscription = (await TestPeer.Within(late.NextAsync(), "the question")).Accept(300, this);
        await TestPeer.Within(_ended.NextAsync(), "the end");
        Assert.Equal(481, (await TestPeer.Within(subscription.NotifyAsync(null, default), "the answer")).Status);
    }

    [Fact]
    public async Task A_notify_that_nobody_asked_for_gets_481()
    {
        _wire.Receive(Written.Request("NOTIFY", headers: "Event: presence\r\nSubscription-State: active\r\n"));
        Assert.Equal(481, (await _wire.AnswersAsync()).Status);
    }

    private static string Subscribe(int seconds, string branch, uint number, string toTag) =>
        Written.Request("SUBSCRIBE", branch, number, toTag, $"Event: conference\r\nExpires: {seconds}\r\n");

    private async Task<(Subscription Subscription, SipResponse Ok)> SubscribeAsync(int seconds)
    {
        _wire.Receive(Subscribe(seconds, "z9hG4bKs1", 1, ""));
        var ok = await _wire.AnswersAsync();
        Assert.Equal(200, ok.Status);
        return (await TestPeer.Within(_refreshed.NextAsync(), "the first request for state"), ok);
    }
}
