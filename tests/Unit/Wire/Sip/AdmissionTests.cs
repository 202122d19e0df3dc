using System.Net;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>What a flood of strangers may cost, and whom it may not harm.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public void A_source_gets_its_burst_and_then_its_rate()
    {
        var time = new FakeTimeProvider();
        var gate = new RateGate(1024, 10, 5, time);
        var source = IPAddress.Parse("192.0.2.1");
        Assert.Equal(5, Enumerable.Range(0, 50).Count(_ => gate.TryTake(source)));
        time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(2, Enumerable.Range(0, 50).Count(_ => gate.TryTake(source)));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, Enumerable.Range(0, 50).Count(_ => gate.TryTake(source)));
    }

    [Fact]
    public void One_subscriber_of_IPv6_is_one_source()
    {
        var gate = new RateGate(16_384, 10, 2, new FakeTimeProvider());
        Assert.Equal(2, Enumerable.Range(0, 50).Count(i => gate.TryTake(IPAddress.Parse($"2001:db8::{i:x}"))));
    }

    [Fact]
    public void A_refusal_by_rate_allocates_nothing()
    {
        var gate = new RateGate(1024, 1, 1, new FakeTimeProvider());
        var source = IPAddress.Parse("192.0.2.1");
        gate.TryTake(source);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) gate.TryTake(source);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task A_flood_gets_503_without_memory_and_a_call_goes_on()
    {
        await using var wire = new TestWire(new SipOptions { Lanes = 1, Limits = new SipLimits { SourceBurst = 3, SourceRequestsPerSecond = 1 } });
        string tag = await AcceptedAsync(wire);
        for (var i = 0; i < 5; i++) wire.Receive(Written.Request("OPTIONS", $"z9hG4bKo{i}", callId: $"flood-{i}"));
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++) statuses.Add((await wire.AnswersAsync()).Status);
        Assert.Equal(3, statuses.Count(status => status == 503));
        wire.Receive(Written.Request("INFO", "z9hG4bKi", 2, tag));
        Assert.Equal(200, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task Calls_that_wait_for_an_answer_are_bounded_but_for_who_is_trusted()
    {
        var trusted = false;
        await using var wire = new TestWire(new SipOptions { Lanes = 1, Limits = new SipLimits { PendingInvites = 1 }, Trusted = _ => trusted });
        wire.Receive(Written.Invite(callId: "c1"));
        await wire.SettleAsync();
        wire.Receive(Written.Invite("z9hG4bK2", callId: "c2"));
        var busy = await wire.AnswersAsync();
        Assert.Equal((503, "10"), (busy.Status, busy.Headers[HeaderNames.RetryAfter]));
        trusted = true;
        wire.Receive(Written.Invite("z9hG4bK3", callId: "c3"));
        await wire.SettleAsync();
        trusted = false;
        wire.Receive(Written.Request("CANCEL", callId: "c1"));
        Assert.Equal(200, (await wire.AnswersAsync()).Status);
        Assert.Equal(487, (await wire.AnswersAsync()).Status);
        wire.OnInvite = call =>
        {
            call.Reject(new SipReply(486));
            return ValueTask.CompletedTask;
        };
        wire.Receive(Written.Invite("z9hG4bK4", callId: "c4"));
        Assert.Equal(486, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task Transactions_are_bounded_and_their_places_come_back()
    {
        await using var wire = new TestWire(new SipOptions { Lanes = 1, Limits = new SipLimits { Transactions = 2 } });
        foreach (var (number, status) in ((int, int)[])[(1, 200), (2, 200), (3, 503)])
        {
            wire.Receive(Written.Request("OPTIONS", $"z9hG4bK{number}", callId: $"c{number}"));
            Assert.Equal(status, (await wire.AnswersAsync()).Status);
        }

        // Over UDP a transaction is kept for the copies of its request, for 32 s.
        await wire.AdvanceAsync(TimeSpan.FromSeconds(33));
        wire.Receive(Written.Request("OPTIONS", "z9hG4bK4", callId: "c4"));
        Assert.Equal(200, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public void All_strangers_together_have_their_rate_however_many_they_are()
    {
        var admission = new Admission(new SipOptions { Limits = new SipLimits { StrangerRequestsPerSecond = 3 } }, new FakeTimeProvider());
        var request = (SipRequest)SipParser.Parse(System.Text.Encoding.ASCII.GetBytes(Written.Request("OPTIONS")), new SipLimits()).Message!;
        string? Refused(int host) => admission.Refuse(request, new SipSource(SipTransportKind.Udp, new IPEndPoint(new IPAddress([192, 0, 2, (byte)host]), 5060), TestWire.Peer));

        Assert.Equal([null, null, null, "stranger_rate"], Enumerable.Range(1, 4).Select(Refused));
    }

    [Fact]
    public async Task What_belongs_to_calls_is_done_before_what_strangers_want()
    {
        await using var lane = new Lane(TimeProvider.System, NullLogger.Instance, new SipLimits { StrangerBacklog = 2 });
        using var gate = new ManualResetEventSlim();
        var order = new SipSignal<string>();
        lane.Post(gate.Wait);
        Assert.True(lane.TryPostStranger(() => order.Set("stranger")));
        Assert.True(lane.TryPostStranger(() => order.Set("stranger")));
        Assert.False(lane.TryPostStranger(() => order.Set("one too many")));
        Assert.True(lane.TryPostReceived(() => order.Set("call")));
        gate.Set();
        Assert.Equal("call", await TestPeer.Within(order.NextAsync(), "the call"));
        Assert.Equal("stranger", await TestPeer.Within(order.NextAsync(), "the stranger"));
    }

    [Fact]
    public async Task A_request_of_ours_that_comes_back_unchanged_is_a_loop()
    {
        await using var wire = new TestWire();
        var attempt = new InviteAttempt(wire.Core, new OutgoingInvite
        {
            From = new NameAddr(SipUri.Parse("sip:room@127.0.0.1")),
            Target = SipUri.Parse("sip:4201@127.0.0.1:5060"),
            Offer = TestPeer.Offer(),
            MaxForwards = 12,
        }, "loop");
        attempt.Start();
        var sent = await wire.RequestAsync(SipMethods.Invite);
        Assert.Equal(12, sent.MaxForwards);
        var text = System.Text.Encoding.UTF8.GetString(sent.ToBytes());
        wire.Receive(text.Replace("Via: ", "Via: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bKproxy, ", StringComparison.Ordinal));
        Assert.Equal(482, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task A_session_of_a_peer_that_takes_update_is_refreshed_by_it()
    {
        await using var scene = await Scene.ConfirmedAsync("Allow: INVITE, UPDATE\r\n");
        await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(900));
        var refresh = await scene.RequestAsync();
        Assert.Equal((SipMethods.Update, true), (refresh.Method, refresh.Body.IsEmpty));
        Assert.Equal("1800;refresher=uac", refresh.Headers[HeaderNames.SessionExpires]);
        scene.Wire.Answer(refresh, 422, scene.Call.State.RemoteTag, "", new SipHeader("Min-SE", "3600"));
        refresh = await scene.RequestAsync();
        Assert.Equal("3600;refresher=uac", refresh.Headers[HeaderNames.SessionExpires]);
        scene.Wire.Answer(refresh, 200, scene.Call.State.RemoteTag, "", new SipHeader("Session-Expires", "3600;refresher=uac"));
        await TestPeer.Within(scene.Handler.States.NextAsync(), "the new timer");
        await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(1800));
        scene.Wire.Answer(await scene.RequestAsync(), 501, scene.Call.State.RemoteTag);
        Assert.Equal(SipMethods.Invite, (await scene.RequestAsync()).Method);
    }

    [Theory]
    [InlineData("Q.850;cause=16;text=\"Normal call clearing\"", "Q.850", 16, "Normal call clearing")]
    [InlineData("SIP ;cause=480", "SIP", 480, null)]
    public void A_reason_is_read(string value, string protocol, int cause, string? text)
    {
        Assert.True(SipReason.TryParse(value, out var reason));
        Assert.Equal(new SipReason(protocol, cause, text), reason);
    }

    private static async Task<string> AcceptedAsync(TestWire wire)
    {
        wire.OnInvite = call =>
        {
            call.Accept(TestPeer.Answer(call.Offer!)!).Handler = new RecordingHandler();
            return ValueTask.CompletedTask;
        };
        wire.Receive(Written.Invite());
        var ok = await wire.AnswersAsync();
        wire.Receive(Written.Request("ACK", "z9hG4bKack", 1, ok.To.Tag!));
        await wire.SettleAsync();
        return ok.To.Tag!;
    }
}
