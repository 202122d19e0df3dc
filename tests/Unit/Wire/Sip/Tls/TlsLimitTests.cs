using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip.Tls;

/// <summary>Handshakes cost more than anything else that a stranger may ask for: how long one may take, and how many there may be.</summary>
public sealed class TlsLimitTests : IDisposable
{
    /// <summary>The time is one that no other timer has.</summary>
    private static readonly SipLimits Limits = new() { TlsHandshakesPerAddress = 1, TlsHandshake = TimeSpan.FromSeconds(7) };

    private readonly TestAuthority _authority = new();
    private readonly WatchedTime _time = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_handshake_that_is_not_completed_in_time_is_ended_and_its_place_is_free_again()
    {
        await using var peer = await StartAsync();
        using var silent = await BeganAsync(peer);

        using var refused = await ConnectAsync(peer);
        Assert.Equal(0, await TestPeer.Within(refused.GetStream().ReadAsync(new byte[1]).AsTask(), "the second of one address to be closed"));

        var closed = silent.GetStream().ReadAsync(new byte[1]).AsTask();
        _time.Advance(Limits.TlsHandshake - TimeSpan.FromSeconds(1));
        Assert.False(closed.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await TestPeer.Within(closed, "the silent one to be closed"));

        using var third = await ConnectAsync(peer);
        await using var tls = new SslStream(third.GetStream(), false, static (_, certificate, _, _) => certificate is not null);
        await TestPeer.Within(SecuredAsync(tls), "the handshake");
        Assert.True(tls.IsEncrypted);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_our_handshake_is_given_up()
    {
        await using var peer = await StartAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var asked = peer.Stack.SendAsync(new OutgoingRequest
        {
            Method = SipMethods.Options,
            From = new NameAddr(SipUri.Parse("sip:hub@127.0.0.1")),
            Target = SipUri.Parse($"sip:x@{silent.LocalEndpoint};transport=tls"),
        }, default);
        await _time.SetAsync(Limits.TlsHandshake);
        Assert.False(asked.IsCompleted);
        _time.Advance(Limits.TlsHandshake);

        var response = await TestPeer.Within(asked, "the failure");
        Assert.Equal((503, true), (response.Status, response.IsLocal));
    }

    private Task<TestPeer> StartAsync() =>
        TestPeer.StartAsync(_time, options => options with { Tls = _authority.Issue("127.0.0.1"), Limits = Limits });

    /// <summary>A connection whose handshake the peer waits for.</summary>
    private async Task<TcpClient> BeganAsync(TestPeer peer)
    {
        var socket = await ConnectAsync(peer);
        await _time.SetAsync(Limits.TlsHandshake);
        return socket;
    }

    private static async Task<TcpClient> ConnectAsync(TestPeer peer)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, peer.Stack.EndPoints.Single(listened => listened.Transport == SipTransportKind.Tls).Local.Port);
        return socket;
    }

    private static async Task<bool> SecuredAsync(SslStream tls)
    {
        await tls.AuthenticateAsClientAsync("127.0.0.1");
        return true;
    }
}
