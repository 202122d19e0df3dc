using System.Text;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>A sips URI goes over TLS, in and out, whatever a Route, a flow or a peer would have (RFC 3261 section 26.2.2).</summary>
public sealed class SecureUriTests
{
    private static readonly SipDestination Plain = new(SipTransportKind.Udp, TestWire.Peer);

    [Theory]
    [InlineData(SipTransportKind.Udp, 403)]
    [InlineData(SipTransportKind.Tcp, 403)]
    [InlineData(SipTransportKind.Tls, 200)]
    public async Task A_request_for_a_sips_uri_is_taken_over_tls_alone(SipTransportKind transport, int status)
    {
        await using var wire = new TestWire();
        wire.Receive(Secure(Written.Request("OPTIONS").Replace("SIP/2.0/UDP", $"SIP/2.0/{transport.ViaName()}", StringComparison.Ordinal)), transport);

        Assert.Equal(status, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task A_call_for_a_sips_uri_in_the_clear_reaches_no_application_and_no_call_takes_such_a_request()
    {
        await using var scene = await Scene.ConfirmedAsync();
        scene.Wire.OnInvite = _ => throw new InvalidOperationException("It must not be asked.");

        scene.Wire.Receive(Secure(Written.Invite("z9hG4bK2", callId: "call-2")), SipTransportKind.Udp);
        Assert.Equal((403, "SIPS Requires TLS"), await RefusalAsync(scene.Wire));
        scene.Wire.Receive(Secure(Written.Request("INFO", "z9hG4bK3", 2, scene.Tag)), SipTransportKind.Udp);
        Assert.Equal((403, "SIPS Requires TLS"), await RefusalAsync(scene.Wire));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_to_a_sips_uri_does_not_go_out_in_the_clear_by_a_flow_or_a_route(bool byFlow)
    {
        await using var wire = new TestWire();
        var attempt = new InviteAttempt(wire.Core, new OutgoingInvite
        {
            From = new NameAddr(SipUri.Parse("sip:hub@127.0.0.1")),
            Target = SipUri.Parse("sips:peer@127.0.0.2"),
            Destination = byFlow ? Plain : null,
            Headers = byFlow ? [] : [new SipHeader(HeaderNames.Route, "<sip:127.0.0.2:5070;lr>")],
            Offer = TestPeer.Offer(),
        }, "out-1");
        attempt.Start();

        Assert.Equal(503, Assert.IsType<CallOutcome.Failed>(await TestPeer.Within(attempt.Completion, "the failure")).Status);
        Assert.Equal(0, wire.SentCount);
    }

    [Fact]
    public async Task A_request_for_a_sips_uri_does_not_go_out_in_the_clear_by_a_flow()
    {
        await using var wire = new TestWire();
        var request = new OutgoingRequest
        {
            Method = SipMethods.Message,
            From = new NameAddr(SipUri.Parse("sip:hub@127.0.0.1")),
            Target = SipUri.Parse("sips:peer@127.0.0.2"),
            Destination = Plain,
        };

        var response = await TestPeer.Within(new RequestAttempt(wire.Core, request, "out-1").SendAsync(), "the failure");

        Assert.Equal((503, true, 0), (response.Status, response.IsLocal, wire.SentCount));
    }

    [Fact]
    public async Task A_call_that_was_made_in_the_clear_sends_nothing_to_a_sips_contact_by_a_plain_route()
    {
        await using var wire = new TestWire();
        var calls = new SipSignal<Call>();
        wire.OnInvite = incoming =>
        {
            calls.Set(incoming.Accept(TestPeer.Answer(incoming.Offer!)!));
            return ValueTask.CompletedTask;
        };
        wire.Receive(Written.Invite(headers: "Record-Route: <sip:127.0.0.2:5070;lr>\r\n").Replace("Contact: <sip:", "Contact: <sips:", StringComparison.Ordinal));
        var ok = await wire.AnswersAsync();
        var call = await TestPeer.Within(calls.NextAsync(), "the call");
        wire.Receive(Written.Request("ACK", "z9hG4bKack", 1, ok.To.Tag!));
        await wire.SettleAsync();

        var response = await TestPeer.Within(call.SendAsync("INFO"), "the failure");

        Assert.Equal((503, 0), (response.Status, wire.SentCount - 2));
    }

    private static byte[] Secure(string request) => Encoding.UTF8.GetBytes(request.Replace(" sip:4201@127.0.0.1:5060", " sips:4201@127.0.0.1:5061", StringComparison.Ordinal));

    private static async Task<(int, string)> RefusalAsync(TestWire wire)
    {
        var answer = await wire.AnswersAsync();
        return (answer.Status, answer.Reason);
    }
}
