using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Stacks on the loopback of both families at once.</summary>
public sealed class DualStackTests
{
    [Theory]
    [InlineData("[::1]", "udp")]
    [InlineData("[::1]", "tcp")]
    [InlineData("127.0.0.1", "udp")]
    [InlineData("127.0.0.1", "tcp")]
    public async Task A_call_goes_out_from_the_address_of_its_family_and_names_it(string host, string transport)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var alice = await StartAsync();
        await using var bob = await StartAsync();

        var call = await CallAsync(alice, $"sip:4201@{host}:{bob.Port};transport={transport}");
        var incoming = await bob.Hears<IncomingCall>("invite");
        Assert.Equal((host, alice.Port), (incoming.Request.Via.Host, incoming.Request.Via.Port));
        Assert.Equal((host, alice.Port), (incoming.Request.Contact!.Uri.Host, incoming.Request.Contact.Uri.Port));
        Assert.Equal(host.Trim('[', ']'), incoming.Request.Via.Parameters["received"]);
        Assert.Equal(incoming.Source.Remote.Port.ToString(), incoming.Request.Via.Parameters["rport"]);
        Assert.Equal(IPAddress.Parse(host.Trim('[', ']')), incoming.Source.Remote.Address);

        var back = await bob.Hears<Call>("accepted");
        Assert.IsType<ReinviteOutcome.Answered>(await TestPeer.Within(back.ReinviteAsync(TestPeer.Offer(2), default), "the re-INVITE of the called side"));
        await call.ByeAsync();
        Assert.Equal(CallEndKind.RemoteBye, (await bob.Hears<CallEnd>("ended")).Kind);
    }

    [Fact]
    public async Task Each_network_is_told_its_own_address()
    {
        await using var bob = await TestPeer.StartAsync();
        await using var alice = await TestPeer.StartAsync(change: options => options with
        {
            AdvertisedHost = peer => peer.Equals(IPAddress.Loopback) ? "hub-for-loopback.test" : "hub.test",
        });
        await CallAsync(alice, $"sip:4201@127.0.0.1:{bob.Port}");
        var incoming = await bob.Hears<IncomingCall>("invite");
        Assert.Equal(("hub-for-loopback.test", "hub-for-loopback.test"), (incoming.Request.Via.Host, incoming.Request.Contact!.Uri.Host));
    }

    [Fact]
    public async Task A_name_is_looked_up_for_the_families_that_are_listened_on()
    {
        await using var bob = await TestPeer.StartAsync();
        var dns = new Targets.FakeDns().Host("bob.test", "::1", "127.0.0.1");
        await using var alice = await TestPeer.StartAsync(change: options => options with { Resolver = dns });
        await CallAsync(alice, $"sip:4201@bob.test:{bob.Port}");
        Assert.Equal([new SipDestination(SipTransportKind.Udp, new IPEndPoint(IPAddress.Loopback, bob.Port)).EndPoint],
            (await alice.Stack.ResolveAsync(SipUri.Parse($"sip:bob.test:{bob.Port}"), default)).Select(target => target.EndPoint));
    }

    private static Task<TestPeer> StartAsync() =>
        TestPeer.StartAsync(change: options => options with { Bind = [IPAddress.Loopback, IPAddress.IPv6Loopback] });

    private static async Task<Call> CallAsync(TestPeer from, string target)
    {
        var outcome = await TestPeer.Within(
            from.Stack.Invite(new OutgoingInvite
            {
                From = new NameAddr(SipUri.Parse($"sip:alice@127.0.0.1:{from.Port}")),
                Target = SipUri.Parse(target),
                Offer = TestPeer.Offer(),
            }).Completion,
            "the call to be answered");
        var call = Assert.IsType<CallOutcome.Answered>(outcome).Call;
        call.Handler = from;
        return call;
    }
}
