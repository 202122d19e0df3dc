using System.Net;
using System.Net.Sockets;
using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Streams from their opening to their loss, on real sockets.</summary>
public sealed class FlowTests : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(2);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly SipSignal<SipDestination> _lost = new();

    public FlowTests() => _server.Start();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_peer_that_answers_pings_is_kept_and_one_that_does_not_is_given_up_and_told_of()
    {
        var time = new FakeTimeProvider();
        await using var peer = await TestPeer.StartAsync(time, options => options with { FlowLost = _lost.Set });
        using var stream = await ConnectAsync(peer);
        var flow = new SipDestination(SipTransportKind.Tcp, (IPEndPoint)_server.LocalEndpoint);

        for (var answered = 0; answered < 3; answered++)
        {
            time.Advance(Every);
            peer.Stack.KeepAlive(flow);
            Assert.Equal("\r\n\r\n", await ReadAsync(stream, 4));
            await stream.SendAsync("\r\n"u8.ToArray());
            // Its answer to our OPTIONS behind the pong shows that the pong has been read.
            await AskAsync(peer, stream);
            time.Advance(TimeSpan.FromSeconds(11));
            Assert.True(peer.Stack.IsConnected(flow));
        }

        peer.Stack.KeepAlive(flow);
        Assert.Equal("\r\n\r\n", await ReadAsync(stream, 4));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(flow, await TestPeer.Within(_lost.NextAsync(), "the loss of the flow"));
        Assert.False(peer.Stack.IsConnected(flow));
    }

    [Fact]
    public async Task A_request_on_a_stream_that_breaks_unanswered_fails_at_once()
    {
        await using var peer = await TestPeer.StartAsync(change: options => options with { FlowLost = _lost.Set });
        var asked = peer.Stack.SendAsync(Options(peer), default);
        var stream = await TestPeer.Within(_server.AcceptSocketAsync(), "the stream");
        await ReadAsync(stream, 10);
        stream.Close();
        var response = await TestPeer.Within(asked, "the failure");
        Assert.Equal((503, true), (response.Status, response.IsLocal));
        Assert.Equal(_server.LocalEndpoint, (await TestPeer.Within(_lost.NextAsync(), "the loss of the flow")).EndPoint);
    }

    [Fact]
    public async Task Five_hundred_calls_closed_abruptly_leave_no_stream_behind()
    {
        await using var peer = await TestPeer.StartAsync(change: options => options with { FlowLost = _lost.Set, Limits = new SipLimits { TcpConnectionsPerAddress = 600 } });
        var invite = Encoding.ASCII.GetBytes(Written.Invite().Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal));
        for (var round = 0; round < 10; round++)
        {
            var sockets = new List<Socket>();
            for (var i = 0; i < 50; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, peer.Port);
                // Whole calls, broken ones, and silence.
                await socket.SendAsync(invite.AsMemory(0, i % 3 == 0 ? invite.Length : i % 3 == 1 ? invite.Length / 2 : 0));
                sockets.Add(socket);
            }

            foreach (var socket in sockets)
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
            }
        }

        for (var i = 0; i < 500; i++) await TestPeer.Within(_lost.NextAsync(), $"the end of stream {i}");
        Assert.Equal((0, 0), await SettledAsync(peer));
    }

    [Fact]
    public async Task One_address_cannot_take_every_stream()
    {
        await using var peer = await TestPeer.StartAsync(change: options => options with { Limits = new SipLimits { TcpConnectionsPerAddress = 3 } });
        var sockets = new List<Socket>();
        for (var i = 0; i < 4; i++)
        {
            sockets.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            await sockets[i].ConnectAsync(IPAddress.Loopback, peer.Port);
        }

        Assert.Equal(0, await TestPeer.Within(sockets[3].ReceiveAsync(new byte[1]), "the fourth to be closed"));
        await sockets[0].SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await ReadAsync(sockets[0], 2));
        foreach (var socket in sockets) socket.Dispose();
    }

    [Fact]
    public void A_network_of_ipv6_counts_as_one_address_and_what_is_returned_may_be_taken_again()
    {
        var quota = new ConnectionQuota(new SipLimits { TcpConnections = 3, TcpConnectionsPerAddress = 2, TlsHandshakes = 2, TlsHandshakesPerAddress = 1 });
        var (one, other, neighbour) = (IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8:0:1::1"), IPAddress.Parse("2001:db8::2"));
        Assert.Null(quota.TryTake(one));
        Assert.Null(quota.TryBeginHandshake(one));
        Assert.Null(quota.TryTake(neighbour));
        Assert.Equal("tls_address_limit", quota.TryBeginHandshake(neighbour));
        Assert.Equal("tcp_address_limit", quota.TryTake(one));
        Assert.Null(quota.TryTake(other));
        Assert.Null(quota.TryBeginHandshake(other));
        Assert.Equal("tcp_connection_limit", quota.TryTake(IPAddress.Loopback));
        quota.EndHandshake(one);
        quota.Return(one);
        Assert.Null(quota.TryTake(one));
        Assert.Equal(3, quota.Connections);
    }

    private OutgoingRequest Options(TestPeer from) => new()
    {
        Method = SipMethods.Options,
        From = new NameAddr(SipUri.Parse($"sip:alice@127.0.0.1:{from.Port}")),
        Target = SipUri.Parse($"sip:bob@{_server.LocalEndpoint};transport=tcp"),
    };

    /// <summary>Has the peer open its stream.</summary>
    private async Task<Socket> ConnectAsync(TestPeer peer)
    {
        var asked = peer.Stack.SendAsync(Options(peer), default);
        var stream = await TestPeer.Within(_server.AcceptSocketAsync(), "the stream");
        await AnswerAsync(stream);
        await TestPeer.Within(asked, "the answer");
        return stream;
    }

    private async Task AskAsync(TestPeer peer, Socket stream)
    {
        var asked = peer.Stack.SendAsync(Options(peer), default);
        await AnswerAsync(stream);
        await TestPeer.Within(asked, "the answer");
    }

    private static async Task AnswerAsync(Socket stream)
    {
        var buffer = new byte[4000];
        var length = await TestPeer.Within(stream.ReceiveAsync(buffer), "the OPTIONS");
        var (message, _) = SipParser.Parse(buffer.AsSpan(0, length), new SipLimits());
        await stream.SendAsync(Assert.IsType<SipRequest>(message).Respond(200, toTag: "b").ToBytes());
    }

    private static async Task<string> ReadAsync(Socket stream, int octets)
    {
        var buffer = new byte[octets];
        for (var read = 0; read < octets;)
        {
            var length = await TestPeer.Within(stream.ReceiveAsync(buffer.AsMemory(read)).AsTask(), "octets on the stream");
            Assert.NotEqual(0, length);
            read += length;
        }

        return Encoding.ASCII.GetString(buffer);
    }

    /// <summary>The loss is told just before a stream's task ends.</summary>
    private static async Task<(int Streams, int Tasks)> SettledAsync(TestPeer peer)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (peer.Stack.StreamsInUse is not (0, 0) && !deadline.IsCancellationRequested) await Task.Yield();
        return peer.Stack.StreamsInUse;
    }
}
