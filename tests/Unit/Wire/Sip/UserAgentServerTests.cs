using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>The called side, message by message, on a turned clock.</summary>
public sealed class UserAgentServerTests
{
    [Fact]
    public async Task Repeats_the_200_until_the_ack_comes()
    {
        await using var scene = await Scene.AnsweredAsync();
        await scene.Wire.AdvanceAsync(TimeSpan.FromMilliseconds(500));
        Assert.Equal(200, (await scene.Wire.AnswersAsync()).Status);
        await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await scene.Wire.AnswersAsync()).Status);

        await scene.AcknowledgeAsync();
        var sent = scene.Wire.SentCount;
        await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(sent, scene.Wire.SentCount);
    }

    [Fact]
    public async Task Without_ack_the_call_is_lost_after_32_seconds_and_bye_is_sent()
    {
        await using var scene = await Scene.AnsweredAsync();
        for (var i = 0; i < 64; i++) await scene.Wire.AdvanceAsync(TimeSpan.FromMilliseconds(500));
        var end = await TestPeer.Within(scene.Handler.Ended.NextAsync(), "the end of the call");
        Assert.Equal(CallEndKind.Lost, end.Kind);
        Assert.Equal("No ACK", end.Reason);
        Assert.Equal(SipMethods.Bye, (await scene.RequestAsync()).Method);
    }

    [Fact]
    public async Task A_bye_of_ours_waits_for_the_ack()
    {
        await using var scene = await Scene.AnsweredAsync();
        var bye = scene.Call.ByeAsync();
        await scene.Wire.SettleAsync();
        Assert.False(bye.IsCompleted);
        await scene.AcknowledgeAsync();
        var request = await scene.RequestAsync();
        Assert.Equal(SipMethods.Bye, request.Method);
        scene.Wire.Receive(Text(request.Respond(200)));
        await TestPeer.Within(Done(bye), "BYE to be confirmed");
    }

    [Fact]
    public async Task A_retransmitted_invite_gets_the_same_provisional_and_is_one_call()
    {
        await using var wire = new TestWire();
        var calls = 0;
        wire.OnInvite = call =>
        {
            Interlocked.Increment(ref calls);
            call.Progress(180);
            return ValueTask.CompletedTask;
        };
        wire.Receive(Written.Invite());
        Assert.Equal(100, ((SipResponse)await wire.SendsAsync("100")).Status);
        Assert.Equal(180, ((SipResponse)await wire.SendsAsync("180")).Status);
        wire.Receive(Written.Invite());
        Assert.Equal(180, ((SipResponse)await wire.SendsAsync("180 again")).Status);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task The_same_request_over_another_path_gets_482()
    {
        await using var wire = new TestWire();
        wire.Receive(Written.Invite("z9hG4bKa"));
        wire.Receive(Written.Invite("z9hG4bKb"));
        Assert.Equal(482, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task Cancel_gets_200_before_the_invite_gets_487()
    {
        await using var wire = new TestWire();
        wire.Receive(Written.Invite());
        await wire.SendsAsync("100");
        await wire.SendsAsync("180");
        wire.Receive(Written.Request("CANCEL"));
        var first = await wire.AnswersAsync();
        var second = await wire.AnswersAsync();
        Assert.Equal((200, SipMethods.Cancel), (first.Status, first.CSeq.Method));
        Assert.Equal((487, SipMethods.Invite), (second.Status, second.CSeq.Method));
        wire.Receive(Written.Request("ACK", toTag: second.To.Tag!));
        wire.Receive(Written.Request("CANCEL", branch: "z9hG4bKother"));
        Assert.Equal(481, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task A_cancel_that_crosses_the_200_changes_nothing()
    {
        await using var scene = await Scene.AnsweredAsync();
        scene.Wire.Receive(Written.Request("CANCEL"));
        var answer = await scene.Wire.AnswersAsync();
        Assert.Equal((200, SipMethods.Cancel), (answer.Status, answer.CSeq.Method));
        await scene.AcknowledgeAsync();
        scene.Wire.Receive(Written.Request("BYE", "z9hG4bKbye", 2, scene.Tag));
        Assert.Equal((200, SipMethods.Bye), await scene.AnswerAsync());
    }

    [Fact]
    public async Task Offers_by_reinvite_and_update_are_answered_and_stored_first()
    {
        await using var scene = await Scene.ConfirmedAsync();
        scene.Wire.Receive(Written.Invite("z9hG4bKre", 2, scene.Tag).Replace("a=sendrecv", "a=sendonly"));
        var stored = await TestPeer.Within(scene.Handler.States.NextAsync(), "the state to be stored");
        Assert.Contains("a=sendonly", stored.RemoteSdp!);
        var answer = await scene.Wire.AnswersAsync();
        Assert.True(SessionDescription.TryParse(answer.Body.Span, out var sdp));
        Assert.Equal(MediaDirection.RecvOnly, sdp.DirectionOf(sdp.Media[0]));
        await scene.AcknowledgeAsync(2);

        scene.Wire.Receive(Written.Request("UPDATE", "z9hG4bKup", 3, scene.Tag, body: Written.Sdp.Replace("30000", "30002")));
        Assert.Equal((200, SipMethods.Update), await scene.AnswerAsync());
        Assert.Contains("30002", scene.Call.State.RemoteSdp!);
    }

    [Fact]
    public async Task An_offer_that_meets_ours_gets_491()
    {
        await using var scene = await Scene.ConfirmedAsync();
        _ = scene.Call.ReinviteAsync(TestPeer.Offer(2), default);
        Assert.Equal(SipMethods.Invite, (await scene.RequestAsync()).Method);
        scene.Wire.Receive(Written.Invite("z9hG4bKre", 2, scene.Tag));
        Assert.Equal((491, SipMethods.Invite), await scene.AnswerAsync());
    }

    [Fact]
    public async Task After_491_our_offer_goes_out_again()
    {
        await using var scene = await Scene.ConfirmedAsync();
        var outcome = scene.Call.ReinviteAsync(TestPeer.Offer(2), default);
        var first = await scene.RequestAsync();
        scene.Wire.Receive(Text(first.Respond(491)));
        Assert.Equal(SipMethods.Ack, (await scene.RequestAsync()).Method);
        // The called side waits at most 2 s (RFC 3261 section 14.1).
        await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(2.01));
        var second = await scene.RequestAsync();
        Assert.Equal(SipMethods.Invite, second.Method);
        Assert.True(second.CSeq.Number > first.CSeq.Number);
        var ok = second.Respond(200, body: System.Text.Encoding.UTF8.GetBytes(Written.Sdp));
        ok.Headers.Add("Content-Type", "application/sdp").Add("Contact", "<sip:peer@127.0.0.2:5070>");
        scene.Wire.Receive(Text(ok));
        Assert.IsType<ReinviteOutcome.Answered>(await TestPeer.Within(outcome, "the offer to be answered"));
        // The wait is of a random length: within the same turn of the clock the offer may have been sent again.
        var next = await scene.RequestAsync();
        while (next.Method == SipMethods.Invite && next.CSeq == second.CSeq) next = await scene.RequestAsync();
        Assert.Equal(SipMethods.Ack, next.Method);
        scene.Wire.Receive(Text(ok));
        Assert.Equal(SipMethods.Ack, (await scene.RequestAsync()).Method);
    }

    [Fact]
    public async Task A_reinvite_answered_481_is_the_end_of_the_call()
    {
        await using var scene = await Scene.ConfirmedAsync();
        var outcome = scene.Call.ReinviteAsync(TestPeer.Offer(2), default);
        scene.Wire.Receive(Text((await scene.RequestAsync()).Respond(481)));
        Assert.Equal(481, Assert.IsType<ReinviteOutcome.Failed>(await TestPeer.Within(outcome, "the refusal")).Status);
        Assert.Equal(CallEndKind.Lost, (await TestPeer.Within(scene.Handler.Ended.NextAsync(), "the end")).Kind);
    }

    [Fact]
    public async Task An_invite_without_offer_gets_ours_and_its_ack_brings_the_answer()
    {
        await using var wire = new TestWire();
        var handler = new RecordingHandler();
        wire.OnInvite = call =>
        {
            call.Accept(TestPeer.Offer()).Handler = handler;
            return ValueTask.CompletedTask;
        };
        wire.Receive(Written.Request("INVITE"));
        var ok = await wire.AnswersAsync();
        Assert.True(SessionDescription.TryParse(ok.Body.Span, out _));
        wire.Receive(Written.Request("ACK", "z9hG4bKack", 1, ok.To.Tag!, body: Written.Sdp));
        var answer = await TestPeer.Within(handler.LateAnswers.NextAsync(), "the late answer");
        Assert.Equal(30000, answer.Media[0].Port);
    }

    [Fact]
    public async Task A_request_out_of_order_gets_500_and_one_of_another_dialog_481()
    {
        await using var scene = await Scene.ConfirmedAsync();
        scene.Wire.Receive(Written.Request("INFO", "z9hG4bKi1", 9, scene.Tag));
        Assert.Equal((200, "INFO"), await scene.AnswerAsync());
        scene.Wire.Receive(Written.Request("INFO", "z9hG4bKi2", 8, scene.Tag));
        Assert.Equal((500, "INFO"), await scene.AnswerAsync());
        scene.Wire.Receive(Written.Request("INFO", "z9hG4bKi3", 10, "nobody"));
        Assert.Equal((481, "INFO"), await scene.AnswerAsync());
    }

    [Fact]
    public async Task Too_small_a_session_interval_gets_422()
    {
        await using var wire = new TestWire();
        wire.Receive(Written.Invite(headers: "Supported: timer\r\nSession-Expires: 60\r\n"));
        var answer = await wire.AnswersAsync();
        Assert.Equal(422, answer.Status);
        Assert.Equal("90", answer.Headers[HeaderNames.MinSE]);
    }

    [Fact]
    public async Task A_session_that_its_peer_does_not_refresh_is_lost()
    {
        await using var scene = await Scene.ConfirmedAsync("Supported: timer\r\nSession-Expires: 120;refresher=uac\r\n");
        Assert.Equal(new SessionTimerState(120, WeRefresh: false), scene.Call.State.SessionTimer);
        await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(87));
        Assert.False(scene.Handler.Ended.NextAsync().IsCompleted);
        await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(SipMethods.Bye, (await scene.RequestAsync()).Method);
    }

    [Fact]
    public async Task We_refresh_at_half_the_interval_and_a_silent_peer_is_lost()
    {
        await using var scene = await Scene.ConfirmedAsync();
        Assert.Equal(new SessionTimerState(1800, WeRefresh: true), scene.Call.State.SessionTimer);
        await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(900));
        var refresh = await scene.RequestAsync();
        Assert.Equal(SipMethods.Invite, refresh.Method);
        Assert.Equal("1800;refresher=uac", refresh.Headers[HeaderNames.SessionExpires]);
        for (var i = 0; i < 70; i++) await scene.Wire.AdvanceAsync(TimeSpan.FromMilliseconds(500));
        var end = await TestPeer.Within(scene.Handler.Ended.NextAsync(), "the end of the call");
        Assert.Equal((CallEndKind.Lost, 408), (end.Kind, end.Status));
    }

    [Fact]
    public async Task A_refused_refresh_proves_the_peer_alive()
    {
        await using var scene = await Scene.ConfirmedAsync();
        for (var round = 0; round < 3; round++)
        {
            await scene.Wire.AdvanceAsync(TimeSpan.FromSeconds(900));
            scene.Wire.Receive(Text((await scene.RequestAsync()).Respond(488)));
            Assert.Equal(SipMethods.Ack, (await scene.RequestAsync()).Method);
        }

        Assert.False(scene.Handler.Ended.NextAsync().IsCompleted);
    }

    [Fact]
    public async Task A_cancelled_offer_is_answered_all_the_same()
    {
        await using var scene = await Scene.ConfirmedAsync();
        scene.Wire.Receive(Written.Invite("z9hG4bKre", 2, scene.Tag));
        scene.Wire.Receive(Written.Request("CANCEL", "z9hG4bKre", 2, scene.Tag));
        var answers = new[] { await scene.AnswerAsync(), await scene.AnswerAsync() };
        Assert.Equal([(200, SipMethods.Cancel), (200, SipMethods.Invite)], answers.OrderBy(answer => answer.Method, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Requests_follow_the_recorded_route()
    {
        await using var scene = await Scene.ConfirmedAsync("Record-Route: <sip:127.0.0.9:5099;lr>, <sip:p2.example.com;lr>\r\n");
        _ = scene.Call.ByeAsync();
        var bye = await scene.RequestAsync();
        Assert.Equal(["<sip:127.0.0.9:5099;lr>", "<sip:p2.example.com;lr>"], bye.Headers.Values(HeaderNames.Route));
        Assert.Equal("sip:peer@127.0.0.2:5070", bye.Uri.ToString());
        Assert.Equal("127.0.0.9:5099", scene.Wire.LastDestination!.EndPoint.ToString());
    }

    private static string Text(SipMessage message) => System.Text.Encoding.UTF8.GetString(message.ToBytes());

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
