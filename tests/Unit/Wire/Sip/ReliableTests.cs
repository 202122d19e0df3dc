using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>What happens before a call is answered: RFC 3262, RFC 3311 and early media, both ways.</summary>
public sealed class ReliableTests : IAsyncDisposable
{
    private readonly TestWire _wire = new();
    private readonly SipSignal<IncomingCall> _calls = new();
    private readonly RecordingHandler _handler = new();

    public ReliableTests() => _wire.OnInvite = call =>
    {
        _calls.Set(call);
        return ValueTask.CompletedTask;
    };

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    [Fact]
    public async Task A_caller_that_does_not_know_how_gets_a_plain_response()
    {
        await RingAsync("");
        var ringing = await ProvisionalAsync();
        Assert.Null(ringing.Headers[HeaderNames.RSeq]);
    }

    [Fact]
    public async Task A_reliable_response_is_repeated_until_its_prack_comes()
    {
        var call = await RingAsync("Supported: 100rel\r\n");
        var ringing = await ProvisionalAsync();
        Assert.True(ringing.Lists(HeaderNames.Require, "100rel"));
        foreach (var wait in (double[])[0.5, 1, 2])
        {
            await _wire.AdvanceAsync(TimeSpan.FromSeconds(wait));
            Assert.Equal(ringing.Headers[HeaderNames.RSeq], (await ProvisionalAsync()).Headers[HeaderNames.RSeq]);
        }

        _wire.Receive(Prack(ringing, 2, rseq: "1000999"));
        Assert.Equal(481, (await _wire.AnswersAsync()).Status);
        _wire.Receive(Prack(ringing, 3));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        var sent = _wire.SentCount;
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(sent, _wire.SentCount);

        // The numbering of the early dialog is the call's.
        call.Accept(TestPeer.Answer(call.Offer!)!).Handler = _handler;
        var ok = await _wire.AnswersAsync();
        Assert.Equal(200, ok.Status);
        _wire.Receive(Written.Request("ACK", "z9hG4bKack", 1, ok.To.Tag!));
        _wire.Receive(Written.Request("INFO", "z9hG4bKinfo", 2, ok.To.Tag!));
        Assert.Equal(500, (await _wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task Without_prack_the_call_gets_504()
    {
        var call = await RingAsync("Require: 100rel\r\n");
        for (var i = 0; i < 66; i++) await _wire.AdvanceAsync(TimeSpan.FromMilliseconds(500));
        Assert.Equal(504, (await _wire.AnswersAsync()).Status);
        Assert.True(call.Cancelled.IsCancellationRequested);
    }

    [Fact]
    public async Task The_second_waits_for_the_prack_of_the_first()
    {
        var call = await RingAsync("Supported: 100rel\r\n");
        var first = await ProvisionalAsync();
        call.Progress(182);
        await _wire.SettleAsync();
        _wire.Receive(Prack(first, 2));
        var second = await ProvisionalAsync();
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        Assert.Equal(182, second.Status);
        Assert.Equal(uint.Parse(first.Headers[HeaderNames.RSeq]!) + 1, uint.Parse(second.Headers[HeaderNames.RSeq]!));
    }

    [Fact]
    public async Task An_answer_in_183_holds_the_200_back_and_is_not_said_again()
    {
        var call = await RingAsync("Supported: 100rel\r\n", ring: false);
        var answer = TestPeer.Answer(call.Offer!)!;
        call.Progress(183, answer);
        var early = await ProvisionalAsync();
        Assert.False(early.Body.IsEmpty);
        var accepted = call.Accept(answer);
        accepted.Handler = _handler;
        await _wire.SettleAsync();
        _wire.Receive(Prack(early, 2));
        Assert.Equal(SipMethods.Prack, (await _wire.AnswersAsync()).CSeq.Method);
        var ok = await _wire.AnswersAsync();
        Assert.Equal((200, SipMethods.Invite, true), (ok.Status, ok.CSeq.Method, ok.Body.IsEmpty));
        Assert.Equal(answer.ToString(), accepted.State.LocalSdp);
    }

    [Fact]
    public async Task Cancel_ends_an_acceptance_that_waits_for_a_prack()
    {
        var call = await RingAsync("Supported: 100rel\r\n", ring: false);
        var answer = TestPeer.Answer(call.Offer!)!;
        call.Progress(183, answer);
        call.Accept(answer).Handler = _handler;
        await _wire.SettleAsync();
        _wire.Receive(Written.Request("CANCEL", headers: "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n"));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        Assert.Equal(487, (await _wire.AnswersAsync()).Status);
        await TestPeer.Within(_handler.Ended.NextAsync(), "the end");
        Assert.True(call.CancelReason!.IsCompletedElsewhere);
    }

    [Fact]
    public async Task Prack_and_update_may_offer_anew_once_the_first_offer_is_answered()
    {
        var call = await RingAsync("Supported: 100rel\r\n", ring: false);
        call.AnswerOffer = offer => TestPeer.Answer(offer);
        call.Progress(183, TestPeer.Answer(call.Offer!)!);
        var early = await ProvisionalAsync();
        _wire.Receive(Prack(early, 2, body: Written.Sdp));
        var pracked = await _wire.AnswersAsync();
        Assert.Equal((200, false), (pracked.Status, pracked.Body.IsEmpty));
        _wire.Receive(Written.Request("UPDATE", "z9hG4bKu", 3, early.To.Tag!, body: Written.Sdp.Replace("30000", "30002")));
        Assert.False((await _wire.AnswersAsync()).Body.IsEmpty);
        call.AnswerOffer = _ => null;
        _wire.Receive(Written.Request("UPDATE", "z9hG4bKv", 4, early.To.Tag!, body: Written.Sdp));
        Assert.Equal(488, (await _wire.AnswersAsync()).Status);
        var accepted = call.Accept(TestPeer.Answer(call.Offer!)!);
        await _wire.AnswersAsync();
        Assert.Contains("30002", accepted.State.RemoteSdp!);
    }

    [Fact]
    public async Task An_update_before_our_answer_has_to_wait()
    {
        await RingAsync("");
        var ringing = await ProvisionalAsync();
        _wire.Receive(Written.Request("UPDATE", "z9hG4bKu", 2, ringing.To.Tag!, body: Written.Sdp));
        var answer = await _wire.AnswersAsync();
        Assert.Equal(500, answer.Status);
        Assert.NotNull(answer.Headers[HeaderNames.RetryAfter]);
    }

    [Fact]
    public async Task An_offer_of_ours_in_183_is_answered_by_the_prack()
    {
        _wire.Receive(Written.Request("INVITE", headers: "Require: 100rel\r\n"));
        var call = await TestPeer.Within(_calls.NextAsync(), "the call");
        // Plain ringing would have to bring our offer, so nothing is said.
        call.Progress(180);
        call.Progress(183, TestPeer.Offer());
        var early = await ProvisionalAsync();
        Assert.Equal(183, early.Status);
        _wire.Receive(Prack(early, 2, body: Written.Sdp));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        call.Accept(TestPeer.Offer()).Handler = _handler;
        Assert.True((await _wire.AnswersAsync()).Body.IsEmpty);
        Assert.Equal(30000, (await TestPeer.Within(_handler.LateAnswers.NextAsync(), "the answer")).Media[0].Port);
    }

    [Fact]
    public async Task We_acknowledge_reliable_responses_once_and_in_order_and_hear_early_media()
    {
        var heard = new SipSignal<SessionDescription>();
        var attempt = Dial(invite => invite with { EarlyMedia = heard.Set });
        var invite = await _wire.RequestAsync(SipMethods.Invite);
        Reliable(invite, 5, "a", Written.Sdp);
        var prack = await _wire.RequestAsync(SipMethods.Prack);
        Assert.Equal($"5 {invite.CSeq}", prack.Headers[HeaderNames.RAck]);
        Assert.Equal(invite.CSeq.Number + 1, prack.CSeq.Number);
        Assert.Equal(30000, (await TestPeer.Within(heard.NextAsync(), "early media")).Media[0].Port);
        _wire.Answer(prack, 200);
        Reliable(invite, 5, "a", Written.Sdp);
        Reliable(invite, 7, "a", "");
        // Another fork counts for itself.
        Reliable(invite, 90, "b", "");
        Assert.Equal("b", (await _wire.RequestAsync(SipMethods.Prack)).To.Tag);

        _wire.Answer(invite, 200, "a");
        Assert.Equal(invite.CSeq.Number, (await _wire.RequestAsync(SipMethods.Ack)).CSeq.Number);
        var call = Assert.IsType<CallOutcome.Answered>(await TestPeer.Within(attempt.Completion, "the answer")).Call;
        Assert.Contains("30000", call.State.RemoteSdp!);
        _ = call.ByeAsync();
        Assert.Equal(prack.CSeq.Number + 1, (await _wire.RequestAsync(SipMethods.Bye)).CSeq.Number);
    }

    [Fact]
    public async Task An_update_in_an_early_dialog_of_ours_is_answered_and_losers_are_forgotten()
    {
        var attempt = Dial(invite => invite with { AnswerOffer = offer => TestPeer.Answer(offer) });
        var invite = await _wire.RequestAsync(SipMethods.Invite);
        Reliable(invite, 1, "a", Written.Sdp);
        _wire.Answer(await _wire.RequestAsync(SipMethods.Prack), 200);
        string Update(uint number) => Written.Request("UPDATE", $"z9hG4bKu{number}", number, invite.From.Tag!, body: Written.Sdp, fromTag: "a", callId: invite.CallId);
        _wire.Receive(Update(1));
        Assert.False((await _wire.AnswersAsync()).Body.IsEmpty);
        _wire.Answer(invite, 486, "b");
        await TestPeer.Within(attempt.Completion, "the failure");
        await _wire.SettleAsync();
        _wire.Receive(Update(2));
        Assert.Equal(481, (await _wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task An_offer_in_the_200_is_answered_in_the_ack()
    {
        var attempt = Dial(invite => invite with { Offer = null, AnswerOffer = offer => TestPeer.Answer(offer) });
        var invite = await _wire.RequestAsync(SipMethods.Invite);
        Assert.True(invite.Body.IsEmpty);
        _wire.Answer(invite, 200, "a", Written.Sdp);
        Assert.False((await _wire.RequestAsync(SipMethods.Ack)).Body.IsEmpty);
        Assert.IsType<CallOutcome.Answered>(await TestPeer.Within(attempt.Completion, "the answer"));
    }

    [Fact]
    public async Task An_offer_in_183_is_answered_in_the_prack()
    {
        var attempt = Dial(invite => invite with { Offer = null, AnswerOffer = offer => TestPeer.Answer(offer) });
        var invite = await _wire.RequestAsync(SipMethods.Invite);
        Reliable(invite, 1, "a", Written.Sdp);
        Assert.False((await _wire.RequestAsync(SipMethods.Prack)).Body.IsEmpty);
        _wire.Answer(invite, 200, "a");
        Assert.True((await _wire.RequestAsync(SipMethods.Ack)).Body.IsEmpty);
        Assert.IsType<CallOutcome.Answered>(await TestPeer.Within(attempt.Completion, "the answer"));
    }

    [Fact]
    public async Task A_redirection_is_followed_only_where_it_is_allowed_and_not_for_ever()
    {
        var attempt = Dial(invite => invite with { MayRedirect = uri => uri.Host == "127.0.0.2" });
        for (var i = 1; i <= 3; i++)
        {
            _wire.Answer(await _wire.RequestAsync(SipMethods.Invite), 302, $"t{i}", "", new SipHeader("Contact", "<sip:0900@premium.example>, <sip:next" + i + "@127.0.0.2>"));
        }

        _wire.Answer(await _wire.RequestAsync(SipMethods.Invite), 302, "t", "");
        Assert.Equal(302, Assert.IsType<CallOutcome.Failed>(await TestPeer.Within(attempt.Completion, "the failure")).Status);
    }

    [Fact]
    public async Task Nobody_is_called_where_a_redirection_was_not_allowed()
    {
        var attempt = Dial(invite => invite);
        _wire.Answer(await _wire.RequestAsync(SipMethods.Invite), 302, "t", "");
        Assert.Equal(302, Assert.IsType<CallOutcome.Failed>(await TestPeer.Within(attempt.Completion, "the failure")).Status);
    }

    [Fact]
    public async Task A_cancel_of_ours_says_why()
    {
        var attempt = Dial(invite => invite);
        _wire.Answer(await _wire.RequestAsync(SipMethods.Invite), 180, "a");
        attempt.Cancel(SipReason.CompletedElsewhere);
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\"", (await _wire.RequestAsync(SipMethods.Cancel)).Headers[HeaderNames.Reason]);
    }

    private static string Prack(SipResponse response, uint number, string? rseq = null, string body = "") => Written.Request(
        "PRACK", $"z9hG4bKp{number}", number, response.To.Tag!, $"RAck: {rseq ?? response.Headers[HeaderNames.RSeq]} 1 INVITE\r\n", body);

    private async Task<IncomingCall> RingAsync(string headers, bool ring = true)
    {
        _wire.Receive(Written.Invite(headers: headers));
        var call = await TestPeer.Within(_calls.NextAsync(), "the call");
        if (ring) call.Progress(180);
        return call;
    }

    private async Task<SipResponse> ProvisionalAsync()
    {
        while (true)
        {
            if (await _wire.SendsAsync("a provisional response") is SipResponse { Status: > 100 and < 200 } response) return response;
        }
    }

    private void Reliable(SipRequest invite, int number, string tag, string body) =>
        _wire.Answer(invite, 183, tag, body, new SipHeader("Require", "100rel"), new SipHeader("RSeq", $"{number}"));

    private OutgoingCall Dial(Func<OutgoingInvite, OutgoingInvite> change)
    {
        var invite = change(new OutgoingInvite
        {
            From = new NameAddr(SipUri.Parse("sip:room@127.0.0.1")),
            Target = SipUri.Parse("sip:bob@127.0.0.2:5070"),
            Offer = TestPeer.Offer(),
        });
        var attempt = new InviteAttempt(_wire.Core, invite, Guid.NewGuid().ToString("N"));
        attempt.Start();
        return new OutgoingCall(attempt);
    }
}
