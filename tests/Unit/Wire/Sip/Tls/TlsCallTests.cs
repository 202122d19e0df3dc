using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Tls;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip.Tls;

/// <summary>Stacks that meet over TLS, with certificates of authorities made for the test.</summary>
public sealed class TlsCallTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Theory]
    [InlineData("sip", ";transport=tls")]
    [InlineData("sips", "")]
    public async Task A_call_over_tls_is_answered_and_hung_up_and_says_so_in_via_and_contact(string scheme, string parameters)
    {
        await using var alice = await StartAsync(_authority.Issue("alice", ["alice.test", "127.0.0.1"]));
        await using var bob = await StartAsync(_authority.Issue("bob", ["bob.test", "127.0.0.1"]));

        var target = SipUri.Parse($"{scheme}:4201@127.0.0.1:{TlsPort(bob)}{parameters}");
        var outcome = await TestPeer.Within(alice.Stack.Invite(Invite(alice, target)).Completion, "the call to be answered");
        var call = Assert.IsType<CallOutcome.Answered>(outcome).Call;

        var incoming = await bob.Hears<IncomingCall>("invite");
        Assert.Equal(SipTransportKind.Tls, incoming.Source.Transport);
        Assert.Equal("TLS", incoming.Request.Via.Transport);
        Assert.Equal(TlsPort(alice), incoming.Request.Via.Port);
        Assert.Equal(TlsPort(alice), incoming.Request.Contact!.Uri.Port);
        Assert.Equal((scheme, scheme == "sip" ? "tls" : null), (incoming.Request.Contact.Uri.Scheme, incoming.Request.Contact.Uri.Parameters["transport"]));
        Assert.Equal(["alice.test", "127.0.0.1"], incoming.Source.Certificate!.Names);
        Assert.Equal(64, incoming.Source.Certificate.Thumbprint.Length);

        await TestPeer.Within(call.ReinviteAsync(TestPeer.Offer(2), default), "the re-INVITE over the same stream");
        await call.ByeAsync();
        Assert.Equal(CallEndKind.RemoteBye, (await bob.Hears<CallEnd>("ended")).Kind);
    }

    [Fact]
    public async Task A_server_with_another_name_is_not_spoken_to()
    {
        await using var alice = await StartAsync(_authority.Issue("alice", ["alice.test"]));
        await using var bob = await StartAsync(_authority.Issue("bob", ["bob.test", "*.0.0.1"]));
        Assert.Equal((503, true), await AskAsync(alice, TlsPort(bob)));
    }

    [Fact]
    public async Task A_server_of_an_authority_that_is_not_ours_is_not_spoken_to()
    {
        using var stranger = new TestAuthority("Somebody Else");
        await using var alice = await StartAsync(_authority.Issue("alice", ["alice.test"]));
        await using var bob = await StartAsync(stranger.Issue("bob", ["127.0.0.1"]) with { Authorities = _authority.Authorities });
        Assert.Equal((503, true), await AskAsync(alice, TlsPort(bob)));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("stranger")]
    [InlineData("code signing")]
    public async Task A_client_with_a_bad_certificate_is_refused(string fault)
    {
        using var other = new TestAuthority("Somebody Else");
        var shown = fault switch
        {
            "expired" => _authority.Issue("alice", ["alice.test"], until: TimeProvider.System.GetUtcNow().AddHours(-1)),
            "code signing" => _authority.Issue("alice", ["alice.test"], usage: "1.3.6.1.5.5.7.3.3"),
            _ => other.Issue("alice", ["alice.test"]) with { Authorities = _authority.Authorities },
        };
        await using var alice = await StartAsync(shown);
        await using var bob = await StartAsync(_authority.Issue("bob", ["127.0.0.1"]));
        Assert.Equal((503, true), await AskAsync(alice, TlsPort(bob)));
    }

    [Fact]
    public async Task A_client_without_certificate_is_let_in_and_has_proved_nothing()
    {
        await using var bob = await StartAsync(_authority.Issue("bob", ["127.0.0.1"]));
        var asked = new SipSignal<SipSource>();
        bob.OnSource = asked.Set;
        await using var tls = await ConnectAsync(TlsPort(bob), SslProtocols.Tls13);
        await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Written.Request("MESSAGE").Replace("SIP/2.0/UDP", "SIP/2.0/TLS", StringComparison.Ordinal)));

        var source = await TestPeer.Within(asked.NextAsync(), "the request");
        Assert.Equal((SipTransportKind.Tls, null), (source.Transport, source.Certificate));
        var buffer = new byte[2000];
        var read = await TestPeer.Within(tls.ReadAsync(buffer).AsTask(), "the response on the same stream");
        Assert.StartsWith("SIP/2.0 ", System.Text.Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_1_1_is_refused()
    {
        await using var bob = await StartAsync(_authority.Issue("bob", ["127.0.0.1"]));
#pragma warning disable SYSLIB0039, CA5397
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(TlsPort(bob), SslProtocols.Tls11));
#pragma warning restore SYSLIB0039, CA5397
        await using var newer = await ConnectAsync(TlsPort(bob), SslProtocols.Tls12);
        Assert.Equal(SslProtocols.Tls12, newer.SslProtocol);
    }

    [Fact]
    public async Task A_certificate_that_is_replaced_is_shown_to_the_next_who_connects()
    {
        var options = _authority.Issue("bob", ["127.0.0.1"]);
        await using var bob = await StartAsync(options);
        await using var before = await ConnectAsync(TlsPort(bob), SslProtocols.Tls13);
        _authority.Issue("bob", ["127.0.0.1", "renewed.test"]);
        File.SetLastWriteTimeUtc(options.Certificate, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        await using var after = await ConnectAsync(TlsPort(bob), SslProtocols.Tls13);

        Assert.NotEqual(before.RemoteCertificate!.GetCertHashString(), after.RemoteCertificate!.GetCertHashString());
        File.WriteAllText(options.Certificate, "no longer a certificate");
        await using var still = await ConnectAsync(TlsPort(bob), SslProtocols.Tls13);
        Assert.Equal(after.RemoteCertificate.GetCertHashString(), still.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task The_stream_of_a_proven_caller_carries_our_requests_to_its_address_too()
    {
        await using var alice = await StartAsync(_authority.Issue("alice", ["127.0.0.1"]));
        await using var bob = await StartAsync(_authority.Issue("bob", ["127.0.0.1"]));
        Assert.Equal((200, false), await AskAsync(alice, TlsPort(bob)));
        SipSource? source = null;
        alice.OnSource = seen => source = seen;
        alice.OnRequest = _ => new SipReply(200);
        Assert.Equal((200, false), await AskAsync(bob, TlsPort(alice)));

        // It came from bob's listener, over the stream that alice had opened.
        Assert.Equal(TlsPort(bob), source!.Remote.Port);
    }

    [Fact]
    public async Task What_a_peer_says_to_be_without_proof_gets_it_no_stream_of_another()
    {
        await using var alice = await StartAsync(_authority.Issue("alice", ["alice.test"]));
        await using var bob = await StartAsync(_authority.Issue("bob", ["127.0.0.1"]));
        Assert.Equal((200, false), await AskAsync(alice, TlsPort(bob)));

        // Her Via says 127.0.0.1, which her certificate does not: bob opens a stream of his own, and is shown the same certificate.
        Assert.Equal((503, true), await AskAsync(bob, TlsPort(alice)));
    }

    [Fact]
    public async Task A_pkcs12_file_serves_as_well()
    {
        await using var bob = await StartAsync(_authority.AsPkcs12(_authority.Issue("bob", ["127.0.0.1"]), "secret"));
        await using var alice = await StartAsync(_authority.Issue("alice", ["alice.test"]));
        Assert.Equal((200, false), await AskAsync(alice, TlsPort(bob)));
    }

    [Fact]
    public async Task Without_a_certificate_tls_is_not_fallen_back_from()
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        Assert.Equal((503, true), await AskAsync(alice, bob.Port));
        Assert.DoesNotContain(alice.Stack.EndPoints, listened => listened.Transport == SipTransportKind.Tls);
    }

    public void Dispose() => _authority.Dispose();

    private static Task<TestPeer> StartAsync(SipTlsOptions tls) => TestPeer.StartAsync(change: options => options with { Tls = tls });

    private static int TlsPort(TestPeer peer) =>
        peer.Stack.EndPoints.Single(listened => listened.Transport == SipTransportKind.Tls).Local.Port;

    private static OutgoingInvite Invite(TestPeer from, SipUri target) => new()
    {
        From = new NameAddr(SipUri.Parse($"sip:alice@127.0.0.1:{from.Port}")),
        Target = target,
        Offer = TestPeer.Offer(),
    };

    private static async Task<(int Status, bool IsLocal)> AskAsync(TestPeer from, int port)
    {
        var request = new OutgoingRequest
        {
            Method = SipMethods.Options,
            From = new NameAddr(SipUri.Parse($"sip:alice@127.0.0.1:{from.Port}")),
            Target = SipUri.Parse($"sip:bob@127.0.0.1:{port};transport=tls"),
        };
        var response = await TestPeer.Within(from.Stack.SendAsync(request, default), "OPTIONS to be answered");
        return (response.Status, response.IsLocal);
    }

    private static async Task<SslStream> ConnectAsync(int port, SslProtocols versions)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var tls = new SslStream(socket.GetStream(), false, static (_, certificate, _, _) => certificate is not null);
        await TestPeer.Within(HandshakeAsync(), "the handshake");
        return tls;

        async Task<bool> HandshakeAsync()
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", EnabledSslProtocols = versions });
            return true;
        }
    }
}
