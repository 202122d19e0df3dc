using System.Text;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>The calling side, message by message, on a turned clock.</summary>
public sealed class UserAgentClientTests : IAsyncDisposable
{
    private readonly TestWire _wire = new();

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    [Fact]
    public async Task Retransmits_invite_until_provisional_then_stops()
    {
        Dial();
        var invite = await RequestAsync(SipMethods.Invite);
        foreach (var wait in (double[])[0.5, 1, 2])
        {
            await _wire.AdvanceAsync(TimeSpan.FromSeconds(wait));
            Assert.Equal(invite.CSeq, (await RequestAsync(SipMethods.Invite)).CSeq);
        }

        Receive(invite.Respond(180, toTag: "a"));
        await _wire.SettleAsync();
        var sent = _wire.SentCount;
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(sent, _wire.SentCount);
    }

    [Fact]
    public async Task Silence_is_408_after_64_times_T1()
    {
        var dialled = Dial();
        await RequestAsync(SipMethods.Invite);
        for (var i = 0; i < 64; i++) await _wire.AdvanceAsync(TimeSpan.FromMilliseconds(500));
        Assert.Equal(408, (await FailsAsync(dialled)).Status);
    }

    [Fact]
    public async Task A_refusal_is_acknowledged_each_time_it_comes()
    {
        var dialled = Dial();
        var refusal = (await RequestAsync(SipMethods.Invite)).Respond(486, toTag: "a");
        Receive(refusal);
        var ack = await RequestAsync(SipMethods.Ack);
        Assert.Equal(refusal.Via.Branch, ack.Via.Branch);
        Assert.Equal("a", ack.To.Tag);
        Receive(refusal);
        await RequestAsync(SipMethods.Ack);
        Assert.Equal(486, (await FailsAsync(dialled)).Status);
    }

    [Fact]
    public async Task The_first_answer_of_a_fork_wins_and_the_second_is_hung_up()
    {
        var dialled = Dial();
        var invite = await RequestAsync(SipMethods.Invite);
        Receive(Ok(invite, "a"));
        Assert.Equal("a", (await RequestAsync(SipMethods.Ack)).To.Tag);
        var answered = Assert.IsType<CallOutcome.Answered>(await TestPeer.Within(dialled.Completion, "the answer"));
        Assert.Equal("a", answered.Call.State.RemoteTag);

        Receive(Ok(invite, "b"));
        Assert.Equal("b", (await RequestAsync(SipMethods.Ack)).To.Tag);
        Assert.Equal("b", (await RequestAsync(SipMethods.Bye)).To.Tag);

        Receive(Ok(invite, "a"));
        Assert.Equal("a", (await RequestAsync(SipMethods.Ack)).To.Tag);
    }

    [Fact]
    public async Task Cancel_waits_for_a_provisional_response()
    {
        var dialled = Dial();
        var invite = await RequestAsync(SipMethods.Invite);
        dialled.Cancel();
        await _wire.SettleAsync();
        Assert.Equal(1, _wire.SentCount);
        Receive(invite.Respond(180, toTag: "a"));
        var cancel = await RequestAsync(SipMethods.Cancel);
        Assert.Equal(invite.Via.Branch, cancel.Via.Branch);
        Assert.Equal(invite.CSeq.Number, cancel.CSeq.Number);
        Receive(cancel.Respond(200));
        Receive(invite.Respond(487, toTag: "a"));
        Assert.Equal(487, (await FailsAsync(dialled)).Status);
    }

    [Fact]
    public async Task A_call_that_rings_for_longer_than_may_be_is_cancelled()
    {
        Dial();
        Receive((await RequestAsync(SipMethods.Invite)).Respond(180, toTag: "a"));
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(170));
        var sent = _wire.SentCount;
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(11));

        Assert.Equal(SipMethods.Cancel, (await RequestAsync(SipMethods.Cancel)).Method);
        Assert.Equal(sent + 1, _wire.SentCount);
    }

    [Fact]
    public async Task An_answer_that_crosses_our_cancel_is_acknowledged_and_hung_up()
    {
        var dialled = Dial();
        var invite = await RequestAsync(SipMethods.Invite);
        Receive(invite.Respond(180, toTag: "a"));
        await _wire.SettleAsync();
        dialled.Cancel();
        await RequestAsync(SipMethods.Cancel);
        Receive(Ok(invite, "a"));
        await RequestAsync(SipMethods.Ack);
        await RequestAsync(SipMethods.Bye);
        Assert.Equal(487, (await FailsAsync(dialled)).Status);
    }

    [Fact]
    public async Task A_challenge_is_answered_with_the_next_number_and_only_when_it_can_help()
    {
        var dialled = Dial(new DigestCredentials("hub", "secret", realm: "r", allowMd5: true));
        for (var attempt = 1u; attempt <= 2; attempt++)
        {
            var invite = await RequestAsync(SipMethods.Invite);
            Assert.Equal(attempt, invite.CSeq.Number);
            Assert.Equal(attempt > 1, invite.Headers[HeaderNames.Authorization] is not null);
            var challenge = invite.Respond(401, toTag: "a");
            challenge.Headers.Add(HeaderNames.WwwAuthenticate, $"Digest realm=\"r\", nonce=\"n{attempt}\", qop=\"auth\", algorithm=MD5");
            Receive(challenge);
            await RequestAsync(SipMethods.Ack);
        }

        Assert.Equal(401, (await FailsAsync(dialled)).Status);
    }

    [Fact]
    public async Task A_second_call_and_its_bye_answer_what_the_first_was_asked_before_they_are_challenged()
    {
        var credentials = new DigestCredentials("hub", "secret", realm: "r");
        var first = Dial(credentials);
        var challenge = (await RequestAsync(SipMethods.Invite)).Respond(401, toTag: "a");
        challenge.Headers.Add(HeaderNames.WwwAuthenticate, "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256");
        Receive(challenge);
        await RequestAsync(SipMethods.Ack);
        Receive(Ok(await RequestAsync(SipMethods.Invite), "a"));
        await RequestAsync(SipMethods.Ack);
        await TestPeer.Within(first.Completion, "the first answer");

        var second = Dial(credentials);
        var invite = await RequestAsync(SipMethods.Invite);
        Assert.Contains("nonce=\"n1\"", invite.Headers[HeaderNames.Authorization]);
        Assert.Contains("nc=00000002", invite.Headers[HeaderNames.Authorization]);
        Receive(Ok(invite, "b"));
        await RequestAsync(SipMethods.Ack);
        var call = Assert.IsType<CallOutcome.Answered>(await TestPeer.Within(second.Completion, "the second answer")).Call;
        _ = call.ByeAsync();
        Assert.Contains("nc=00000003", (await RequestAsync(SipMethods.Bye)).Headers[HeaderNames.Authorization]);
    }

    [Fact]
    public async Task Too_small_an_interval_is_raised_to_what_the_peer_wants()
    {
        Dial();
        var refusal = (await RequestAsync(SipMethods.Invite)).Respond(422, toTag: "a");
        refusal.Headers.Add(HeaderNames.MinSE, "3600");
        Receive(refusal);
        await RequestAsync(SipMethods.Ack);
        var second = await RequestAsync(SipMethods.Invite);
        Assert.Equal(("3600", "3600"), (second.Headers[HeaderNames.SessionExpires], second.Headers[HeaderNames.MinSE]));
    }

    [Fact]
    public async Task The_refresher_that_the_answer_names_refreshes()
    {
        var dialled = Dial();
        var ok = Ok(await RequestAsync(SipMethods.Invite), "a");
        ok.Headers.Add(HeaderNames.SessionExpires, "90;refresher=uac");
        Receive(ok);
        await RequestAsync(SipMethods.Ack);
        var call = Assert.IsType<CallOutcome.Answered>(await TestPeer.Within(dialled.Completion, "the answer")).Call;
        Assert.Equal(new SessionTimerState(90, WeRefresh: true), call.State.SessionTimer);
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(45));
        Assert.Equal(2u, (await RequestAsync(SipMethods.Invite)).CSeq.Number);
    }

    [Fact]
    public async Task A_bye_that_crosses_ours_is_confirmed()
    {
        var dialled = Dial();
        var invite = await RequestAsync(SipMethods.Invite);
        Receive(Ok(invite, "a"));
        await RequestAsync(SipMethods.Ack);
        var call = Assert.IsType<CallOutcome.Answered>(await TestPeer.Within(dialled.Completion, "the answer")).Call;
        var bye = call.ByeAsync();
        var ours = await RequestAsync(SipMethods.Bye);
        _wire.Receive(Written.Request("BYE", "z9hG4bKx", 7, invite.From.Tag!, callId: invite.CallId, fromTag: "a"));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        Receive(ours.Respond(200));
        await TestPeer.Within(bye.ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default), "BYE to be confirmed");
        Assert.Equal(481, (await TestPeer.Within(call.SendAsync("INFO"), "the refusal")).Status);
    }

    private OutgoingCall Dial(DigestCredentials? credentials = null)
    {
        var attempt = new InviteAttempt(_wire.Core, new OutgoingInvite
        {
            From = new NameAddr(SipUri.Parse("sip:hub@127.0.0.1")),
            Target = SipUri.Parse("sip:peer@127.0.0.2:5070"),
            Offer = TestPeer.Offer(),
            Credentials = credentials,
        }, "out-1");
        attempt.Start();
        return new OutgoingCall(attempt);
    }

    private async Task<SipRequest> RequestAsync(string method)
    {
        var request = Assert.IsType<SipRequest>(await _wire.SendsAsync(method));
        Assert.Equal(method, request.Method);
        return request;
    }

    private void Receive(SipMessage message) => _wire.Receive(message.ToBytes());

    private static SipResponse Ok(SipRequest invite, string tag)
    {
        var ok = invite.Respond(200, toTag: tag, body: Encoding.UTF8.GetBytes(Written.Sdp));
        ok.Headers.Add(HeaderNames.Contact, "<sip:peer@127.0.0.2:5070>").Add(HeaderNames.ContentType, "application/sdp");
        return ok;
    }

    private static async Task<CallOutcome.Failed> FailsAsync(OutgoingCall dialled) =>
        Assert.IsType<CallOutcome.Failed>(await TestPeer.Within(dialled.Completion, "the call to fail"));
}
