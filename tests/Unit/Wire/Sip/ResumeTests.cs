using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

public sealed class ResumeTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("tcp")]
    public async Task A_stored_dialog_goes_on_in_another_stack(string? transport)
    {
        await using var phone = await TestPeer.StartAsync();
        DialogState stored;
        await using (var first = await TestPeer.StartAsync())
        {
            await phone.CallAsync(first, transport);
            var incoming = await first.Hears<Call>("accepted");
            Assert.Equal(200, (await TestPeer.Within(incoming.SendAsync("INFO"), "INFO to be answered")).Status);
            var json = JsonSerializer.Serialize(incoming.State);
            stored = JsonSerializer.Deserialize<DialogState>(json)!;
        }

        await using var second = await TestPeer.StartAsync();
        var call = second.Stack.Resume(stored with { LocalCSeq = 0 });
        call.Handler = second;
        var outcome = await TestPeer.Within(call.ReinviteAsync(TestPeer.Offer(2, port: 42000), default), "the offer to be answered");
        Assert.IsType<ReinviteOutcome.Answered>(outcome);
        var offer = await phone.Hears<SessionDescription>("offer");
        Assert.Equal(42000, offer.Media[0].Port);

        // The phone now sends to where the new stack lives.
        Assert.Contains("42000", (await phone.Hears<DialogState>("state")).RemoteSdp!);
        await TestPeer.Within(call.ByeAsync().ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default), "BYE");
        Assert.Equal(CallEndKind.RemoteBye, (await phone.Hears<CallEnd>("ended")).Kind);
    }

    [Fact]
    public async Task An_offer_that_meets_one_of_a_phone_that_nobody_answers_yet_is_told_of_it_and_the_phones_is_answered()
    {
        await using var phone = await TestPeer.StartAsync();
        DialogState stored;
        Call phones;
        await using (var first = await TestPeer.StartAsync())
        {
            phones = await phone.CallAsync(first);
            stored = (await first.Hears<Call>("accepted")).State;
        }

        await using var second = await TestPeer.StartAsync();
        var call = second.Stack.Resume(stored);
        Assert.IsType<ReinviteOutcome.Answered>(await TestPeer.Within(call.ReinviteAsync(TestPeer.Offer(2), default), "the first offer to be answered"));
        var theirs = phones.ReinviteAsync(TestPeer.Offer(2, port: 43000), default);
        Assert.Equal(491, Assert.IsType<ReinviteOutcome.Failed>(await TestPeer.Within(call.ReinviteAsync(TestPeer.Offer(3), default), "the second offer to be refused")).Status);

        call.Handler = second;
        Assert.IsType<ReinviteOutcome.Answered>(await TestPeer.Within(theirs, "the phone's offer to be answered"));
    }

    [Fact]
    public async Task What_is_prepared_is_what_is_accepted()
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        var prepared = new SipSignal<DialogState>();
        bob.OnInvite = incoming =>
        {
            prepared.Set(incoming.PrepareDialog(TestPeer.Answer(incoming.Offer!)!));
            bob.Accept(incoming);
            return ValueTask.CompletedTask;
        };
        await alice.CallAsync(bob);
        var state = await TestPeer.Within(prepared.NextAsync(), "the prepared dialog");
        var call = await bob.Hears<Call>("accepted");
        Assert.Equal(JsonSerializer.Serialize(state), JsonSerializer.Serialize(call.State));
    }

    [Fact]
    public async Task Many_streams_closed_abruptly_leave_the_stack_answering()
    {
        await using var bob = await TestPeer.StartAsync(change: options => options with { Limits = new SipLimits { TcpConnections = 50 } });
        for (var i = 0; i < 200; i++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
            await socket.ConnectAsync(bob.Stack.LocalEndPoint);
            await socket.SendAsync(Encoding.UTF8.GetBytes(Written.Invite($"z9hG4bK{i}", callId: $"flood-{i}")));
        }

        await using var alice = await TestPeer.StartAsync();
        OutgoingRequest options = new() { Method = SipMethods.Options, From = new NameAddr(SipUri.Parse("sip:a@127.0.0.1")), Target = bob.Uri("tcp") };
        var status = 0;
        // Closed streams free their places one by one.
        for (var attempt = 0; attempt < 50 && status != 200; attempt++)
        {
            status = (await TestPeer.Within(alice.Stack.SendAsync(options, default), "OPTIONS to be answered")).Status;
        }

        Assert.Equal(200, status);
    }
}
