using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Two stacks on real sockets.</summary>
public sealed class LoopbackCallTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("tcp")]
    public async Task A_call_is_answered_held_and_hung_up(string? transport)
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();

        var call = await alice.CallAsync(bob, transport);
        Assert.Equal(41000, call.RemoteSdp!.Media[0].Port);
        Assert.Equal(MediaDirection.SendRecv, call.RemoteSdp.DirectionOf(call.RemoteSdp.Media[0]));

        var held = await TestPeer.Within(call.ReinviteAsync(TestPeer.Offer(2, MediaDirection.SendOnly), default), "the hold");
        var answer = Assert.IsType<ReinviteOutcome.Answered>(held).Remote;
        Assert.Equal(MediaDirection.RecvOnly, answer.DirectionOf(answer.Media[0]));

        await TestPeer.Within(Done(call.ByeAsync()), "the BYE to be answered");
        Assert.Equal(CallEndKind.RemoteBye, (await bob.Hears<CallEnd>("ended")).Kind);
        Assert.Equal(CallEndKind.LocalBye, (await alice.Hears<CallEnd>("ended")).Kind);
    }

    [Fact]
    public async Task The_called_side_may_hold_and_hang_up()
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        await alice.CallAsync(bob);
        var call = await bob.Hears<Call>("accepted");

        var outcome = await TestPeer.Within(call.ReinviteAsync(TestPeer.Offer(2, MediaDirection.Inactive), default), "the hold");
        Assert.IsType<ReinviteOutcome.Answered>(outcome);
        await TestPeer.Within(Done(call.ByeAsync("SIP;cause=200;text=\"Room closed\"")), "the BYE to be answered");
        var end = await alice.Hears<CallEnd>("ended");
        Assert.Equal(CallEndKind.RemoteBye, end.Kind);
        Assert.Contains("Room closed", end.Reason!);
    }

    [Fact]
    public async Task Messages_pass_inside_and_outside_a_dialog()
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        bob.OnRequest = request => request.Method == SipMethods.Message ? new SipReply(202) : null;

        var outside = await TestPeer.Within(alice.Stack.SendAsync(Request(alice, bob, SipMethods.Message), default), "MESSAGE to be answered");
        Assert.Equal(202, outside.Status);
        Assert.Equal("hello"u8.ToArray(), (await bob.Hears<SipRequest>(SipMethods.Message)).Body.ToArray());

        var call = await alice.CallAsync(bob);
        var inside = await TestPeer.Within(call.SendAsync(SipMethods.Message, "text/plain", "in"u8.ToArray()), "MESSAGE to be answered");
        Assert.Equal(200, inside.Status);
        Assert.Equal("in"u8.ToArray(), (await bob.Hears<SipRequest>(SipMethods.Message)).Body.ToArray());
    }

    [Fact]
    public async Task Options_is_answered_without_the_application()
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        var options = await TestPeer.Within(alice.Stack.SendAsync(Request(alice, bob, SipMethods.Options), default), "OPTIONS to be answered");
        Assert.Equal(200, options.Status);
        Assert.Contains("INVITE", options.Headers[HeaderNames.Allow]!);
        Assert.Contains("application/sdp", options.Headers[HeaderNames.Accept]!);
    }

    [Theory]
    [InlineData("REGISTER", 405)]
    [InlineData("DANCE", 501)]
    public async Task A_method_that_is_not_taken_is_refused_with_those_that_are(string method, int status)
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        var refused = await TestPeer.Within(alice.Stack.SendAsync(Request(alice, bob, method), default), "the refusal");
        Assert.Equal(status, refused.Status);
        Assert.Contains("INVITE", refused.Headers[HeaderNames.Allow]!);
    }

    [Fact]
    public async Task A_ringing_call_is_cancelled()
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        bob.OnInvite = call =>
        {
            call.Progress(180);
            return ValueTask.CompletedTask;
        };
        var rings = new SipSignal<int>();
        var dialled = alice.Dial(bob, provisional: response => rings.Set(response.Status));
        while (await TestPeer.Within(rings.NextAsync(), "ringing") != 180) { }
        dialled.Cancel();
        Assert.Equal(487, Assert.IsType<CallOutcome.Failed>(await TestPeer.Within(dialled.Completion, "the call to fail")).Status);
        var incoming = await bob.Hears<IncomingCall>("invite");
        Assert.True(await TestPeer.Within(Signalled(incoming.Cancelled), "Cancelled"));

        // An answer that comes too late ends at once.
        bob.Accept(incoming);
        Assert.Equal(CallEndKind.RemoteBye, (await bob.Hears<CallEnd>("ended")).Kind);
    }

    [Fact]
    public async Task A_refusal_reaches_the_caller()
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        bob.OnInvite = call =>
        {
            call.Reject(new SipReply(404, "No Such Room"));
            return ValueTask.CompletedTask;
        };
        var failed = Assert.IsType<CallOutcome.Failed>(await TestPeer.Within(alice.Dial(bob).Completion, "the call to fail"));
        Assert.Equal((404, "No Such Room"), (failed.Status, failed.Reason));
    }

    [Fact]
    public async Task An_unreachable_peer_is_a_local_503_and_an_unknown_host_too()
    {
        await using var alice = await TestPeer.StartAsync();
        var gone = await TestPeer.StartAsync();
        var request = Request(alice, gone, SipMethods.Options) with { Target = gone.Uri("tcp") };
        await gone.DisposeAsync();
        var refused = await TestPeer.Within(alice.Stack.SendAsync(request, default), "the failure");
        Assert.Equal((503, true), (refused.Status, refused.IsLocal));
        var unknown = await TestPeer.Within(alice.Stack.SendAsync(request with { Target = SipUri.Parse("sip:x@nowhere.invalid") }, default), "the failure");
        Assert.Equal((503, true), (unknown.Status, unknown.IsLocal));
    }

    private static OutgoingRequest Request(TestPeer from, TestPeer to, string method) => new()
    {
        Method = method,
        From = new NameAddr(SipUri.Parse($"sip:alice@127.0.0.1:{from.Port}")),
        Target = to.Uri(),
        ContentType = "text/plain",
        Body = "hello"u8.ToArray(),
    };

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    private static Task<bool> Signalled(CancellationToken token)
    {
        var signalled = new TaskCompletionSource<bool>();
        token.Register(() => signalled.TrySetResult(true));
        return signalled.Task;
    }
}
