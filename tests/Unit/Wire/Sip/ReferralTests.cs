using System.Text;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>REFER both ways (RFC 3515, RFC 4488), inside a call and outside.</summary>
public sealed class ReferralTests
{
    private const string To = "Refer-To: <sip:carol@example.com>\r\nReferred-By: <sip:boss@example.com>\r\n";

    [Fact]
    public async Task A_referral_in_a_call_is_reported_until_its_call_is_answered()
    {
        await using var scene = await Scene.ConfirmedAsync();
        var referral = await ReferAsync(scene, 2, To);
        Assert.Equal("sip:carol@example.com", referral.ReferTo.Uri.ToString());
        Assert.Equal("sip:boss@example.com", referral.ReferredBy!.Uri.ToString());
        Assert.Equal(69, referral.HopsLeft);
        referral.Accept();
        Assert.Equal((202, "REFER"), await scene.AnswerAsync());
        var trying = await scene.RequestAsync();
        Assert.Equal("refer", trying.Headers[HeaderNames.Event]);
        Assert.StartsWith("active;expires=", trying.Headers[HeaderNames.SubscriptionState], StringComparison.Ordinal);
        Assert.Equal("SIP/2.0 100 Trying\r\n", Encoding.UTF8.GetString(trying.Body.Span));
        scene.Wire.Answer(trying, 200);
        var reported = referral.ReportAsync(200, "OK");
        var last = await scene.RequestAsync();
        Assert.Equal("terminated;reason=noresource", last.Headers[HeaderNames.SubscriptionState]);
        Assert.Equal("SIP/2.0 200 OK\r\n", Encoding.UTF8.GetString(last.Body.Span));
        scene.Wire.Answer(last, 200);
        await TestPeer.Within(reported.ContinueWith(_ => true, TaskScheduler.Default), "the report to be answered");
    }

    [Fact]
    public async Task The_second_referral_of_a_dialog_has_its_number_as_id()
    {
        await using var scene = await Scene.ConfirmedAsync();
        (await ReferAsync(scene, 2, To)).Accept();
        scene.Wire.Answer(await scene.Wire.RequestAsync("NOTIFY"), 200);
        (await ReferAsync(scene, 3, To)).Accept();
        Assert.Equal("refer;id=3", (await scene.Wire.RequestAsync("NOTIFY")).Headers[HeaderNames.Event]);
    }

    [Fact]
    public async Task Who_wants_no_reports_gets_none()
    {
        await using var scene = await Scene.ConfirmedAsync();
        var referral = await ReferAsync(scene, 2, To + "Refer-Sub: false\r\nRequire: norefersub\r\n");
        referral.Accept();
        var ok = await scene.Wire.AnswersAsync();
        Assert.Equal((202, "false"), (ok.Status, ok.Headers[HeaderNames.ReferSub]));
        var sent = scene.Wire.SentCount;
        await TestPeer.Within(referral.ReportAsync(200, "OK").ContinueWith(_ => true, TaskScheduler.Default), "the report to be dropped");
        Assert.Equal(sent, scene.Wire.SentCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Refer-To: <sip:a@b>\r\nRefer-To: <sip:c@d>\r\n")]
    [InlineData("Refer-To: <sip:a@b>, <sip:c@d>\r\n")]
    [InlineData("Refer-To: nonsense\r\n")]
    public async Task There_is_exactly_one_target(string headers)
    {
        await using var wire = new TestWire();
        wire.Receive(Written.Request("REFER", headers: headers));
        Assert.Equal(400, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task Reports_go_on_after_the_call_that_brought_the_referral()
    {
        await using var scene = await Scene.ConfirmedAsync();
        var referral = await ReferAsync(scene, 2, To);
        referral.Accept();
        scene.Wire.Answer(await scene.Wire.RequestAsync("NOTIFY"), 200);
        scene.Wire.Receive(Written.Request("BYE", "z9hG4bKbye", 3, scene.Tag));
        await TestPeer.Within(scene.Handler.Ended.NextAsync(), "the end of the call");
        _ = referral.ReportAsync(486, "Busy Here");
        var last = await scene.Wire.RequestAsync("NOTIFY");
        Assert.Equal("SIP/2.0 486 Busy Here\r\n", Encoding.UTF8.GetString(last.Body.Span));
        scene.Wire.Answer(last, 200);
        await scene.Wire.SettleAsync();
        Assert.Null(scene.Wire.Core.Find(scene.Call.State.Id));
    }

    [Fact]
    public async Task A_referral_outside_a_call_makes_its_own_dialog()
    {
        await using var wire = new TestWire();
        wire.OnRefer = referral => referral.Accept();
        wire.Receive(Written.Request("REFER", headers: To));
        var ok = await wire.AnswersAsync();
        Assert.Equal(202, ok.Status);
        var notify = await wire.RequestAsync("NOTIFY");
        Assert.Equal(ok.To.Tag, notify.From.Tag);
        wire.Answer(notify, 481);
        await wire.SettleAsync();
        wire.Receive(Written.Request("SUBSCRIBE", "z9hG4bK2", 2, ok.To.Tag!, "Event: refer\r\nExpires: 120\r\n"));
        Assert.Equal(481, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task A_referral_that_nobody_ends_ends_by_time()
    {
        await using var scene = await Scene.ConfirmedAsync();
        (await ReferAsync(scene, 2, To)).Accept();
        scene.Wire.Answer(await scene.Wire.RequestAsync("NOTIFY"), 200);
        await scene.Wire.AdvanceAsync(TimeSpan.FromMinutes(4));
        Assert.Equal("terminated;reason=timeout", (await scene.Wire.RequestAsync("NOTIFY")).Headers[HeaderNames.SubscriptionState]);
    }

    [Fact]
    public async Task Our_own_referral_comes_to_what_the_peer_reports()
    {
        await using var scene = await Scene.ConfirmedAsync();
        var outcome = scene.Call.ReferAsync(new NameAddr(SipUri.Parse("sip:carol@example.com")));
        var refer = await scene.RequestAsync();
        Assert.Equal("<sip:carol@example.com>", refer.Headers[HeaderNames.ReferTo]);
        // The first report may come before the answer.
        scene.Wire.Receive(Notify(scene, 2, "active;expires=60", "SIP/2.0 100 Trying"));
        Assert.Equal((200, "NOTIFY"), await scene.AnswerAsync());
        scene.Wire.Answer(refer, 202);
        scene.Wire.Receive(Notify(scene, 3, "terminated;reason=noresource", "SIP/2.0 486 Busy Here"));
        Assert.Equal((200, "NOTIFY"), await scene.AnswerAsync());
        Assert.Equal(new ReferOutcome(true, 486, "Busy Here"), await TestPeer.Within(outcome, "the outcome"));
        scene.Wire.Receive(Notify(scene, 4, "active", "SIP/2.0 200 OK"));
        Assert.Equal((481, "NOTIFY"), await scene.AnswerAsync());
    }

    [Fact]
    public async Task A_refused_referral_says_so_and_the_call_goes_on()
    {
        await using var scene = await Scene.ConfirmedAsync();
        var outcome = scene.Call.ReferAsync(new NameAddr(SipUri.Parse("sip:carol@example.com")));
        scene.Wire.Answer(await scene.RequestAsync(), 481);
        Assert.Equal(481, (await TestPeer.Within(outcome, "the outcome")).Status);
        scene.Wire.Receive(Written.Request("INFO", "z9hG4bKi", 2, scene.Tag));
        Assert.Equal((200, "INFO"), await scene.AnswerAsync());
    }

    private static string Notify(Scene scene, uint number, string state, string line) =>
        Written.Request("NOTIFY", $"z9hG4bKn{number}", number, scene.Tag, $"Event: refer\r\nSubscription-State: {state}\r\n", line + "\r\n")
            .Replace("application/sdp", "message/sipfrag");

    private static async Task<IncomingReferral> ReferAsync(Scene scene, uint number, string headers)
    {
        scene.Wire.Receive(Written.Request("REFER", $"z9hG4bKr{number}", number, scene.Tag, headers));
        return await TestPeer.Within(scene.Handler.Referrals.NextAsync(), "the referral");
    }
}
