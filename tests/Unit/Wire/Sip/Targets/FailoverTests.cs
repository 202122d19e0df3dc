using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip.Targets;

/// <summary>RFC 3263 section 4.3 and RFC 3261 section 18.1.1, message by message.</summary>
public sealed class FailoverTests : IAsyncDisposable
{
    private readonly FakeDns _dns = new FakeDns()
        .Service("_sip._udp.example.test", new SipService(1, 0, 5060, "a.test"), new SipService(2, 0, 5060, "b.test"))
        .Host("a.test", "10.0.0.1").Host("b.test", "10.0.0.2");

    private readonly TestWire _wire;

    public FailoverTests() => _wire = new TestWire(new SipOptions { Lanes = 1, Resolver = _dns });

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    [Fact]
    public async Task An_invite_goes_to_the_next_target_when_the_first_is_out_of_service()
    {
        var attempt = Dial();
        var first = await InviteAsync("10.0.0.1");
        Receive(first.Respond(503, toTag: "a"));
        Assert.Equal(SipMethods.Ack, ((SipRequest)await _wire.SendsAsync("the ACK")).Method);
        var second = await InviteAsync("10.0.0.2");
        Assert.Equal((first.CallId, first.CSeq), (second.CallId, second.CSeq));
        Assert.NotEqual(first.Via.Branch, second.Via.Branch);
        Receive(second.Respond(486, toTag: "b"));
        Assert.Equal(486, await StatusAsync(attempt));
    }

    [Fact]
    public async Task An_invite_goes_to_the_next_target_when_the_first_cannot_be_reached_or_is_silent()
    {
        _wire.Reaches = destination => destination.EndPoint.Address.ToString() != "10.0.0.1";
        Dial();
        await InviteAsync("10.0.0.2");

        _wire.Reaches = _ => true;
        Dial();
        await InviteAsync("10.0.0.2");
        for (var i = 0; i < 64; i++) await _wire.AdvanceAsync(TimeSpan.FromMilliseconds(500));
        while (_wire.LastDestination!.EndPoint.Address.ToString() != "10.0.0.1") await InviteAsync();
    }

    [Fact]
    public async Task A_refusal_is_not_tried_elsewhere()
    {
        var attempt = Dial();
        Receive((await InviteAsync("10.0.0.1")).Respond(603, toTag: "a"));
        Assert.Equal(603, await StatusAsync(attempt));
    }

    [Fact]
    public async Task A_cancelled_call_goes_to_no_further_target()
    {
        var attempt = Dial();
        var invite = await InviteAsync("10.0.0.1");
        attempt.Cancel();
        await _wire.SettleAsync();
        Receive(invite.Respond(503, toTag: "a"));
        Assert.Equal(487, await StatusAsync(attempt));
        Assert.Equal(2, _wire.SentCount);
    }

    [Fact]
    public async Task A_large_request_goes_over_tcp_and_says_so()
    {
        _ = SendAsync(octets: 1400);
        var message = (SipRequest)await _wire.SendsAsync("the MESSAGE");
        Assert.Equal((SipTransportKind.Tcp, "TCP"), (_wire.LastDestination!.Transport, message.Via.Transport));
        Receive(message.Respond(200, toTag: "a"));

        _ = SendAsync(octets: 100);
        Assert.Equal("UDP", ((SipRequest)await _wire.SendsAsync("the MESSAGE")).Via.Transport);
    }

    [Fact]
    public async Task A_large_request_goes_over_udp_to_who_takes_no_tcp_and_the_next_does_at_once()
    {
        _wire.Reaches = destination => destination.Transport == SipTransportKind.Udp;
        _ = SendAsync(octets: 1400);
        Assert.Equal("UDP", ((SipRequest)await _wire.SendsAsync("the MESSAGE over UDP after all")).Via.Transport);
        var refused = _wire.Refused;
        _ = SendAsync(octets: 1400);
        Assert.Equal("UDP", ((SipRequest)await _wire.SendsAsync("the next MESSAGE")).Via.Transport);
        Assert.Equal((1, 1), (refused, _wire.Refused));
    }

    private static readonly NameAddr Us = new(SipUri.Parse("sip:us@127.0.0.1"));

    private InviteAttempt Dial()
    {
        var invite = new OutgoingInvite { From = Us, Target = SipUri.Parse("sip:them@example.test"), Offer = TestPeer.Offer() };
        var attempt = new InviteAttempt(_wire.Core, invite, Guid.NewGuid().ToString());
        attempt.Start();
        return attempt;
    }

    private Task<SipResponse> SendAsync(int octets) => new RequestAttempt(
        _wire.Core,
        new OutgoingRequest { Method = SipMethods.Message, From = Us, Target = SipUri.Parse("sip:them@10.0.0.3"), ContentType = "text/plain", Body = new byte[octets] },
        Guid.NewGuid().ToString()).SendAsync();

    private async Task<SipRequest> InviteAsync(string? address = null)
    {
        var request = Assert.IsType<SipRequest>(await _wire.SendsAsync("an INVITE"));
        Assert.Equal(SipMethods.Invite, request.Method);
        Assert.NotNull(request.Contact);
        if (address is not null) Assert.Equal(address, _wire.LastDestination!.EndPoint.Address.ToString());
        return request;
    }

    private void Receive(SipResponse response) => _wire.Receive(response.ToBytes());

    private static async Task<int> StatusAsync(InviteAttempt attempt) =>
        Assert.IsType<CallOutcome.Failed>(await TestPeer.Within(attempt.Completion, "the call to fail")).Status;
}
