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

/// <summary>What one peer's sockets may cost us, each limit by itself, on real sockets and a turned clock.</summary>
public sealed class TransportLimitTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(10);
    private static readonly byte[] Options = Encoding.ASCII.GetBytes(
        Written.Request("OPTIONS").Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal));

    private readonly SipSignal<SipDestination> _lost = new();

    [Fact]
    public async Task A_message_may_be_finished_within_its_time_and_a_stream_on_which_one_is_not_is_closed()
    {
        var time = new FakeTimeProvider();
        await using var peer = await StartAsync(time, new SipLimits());
        using var stream = await ConnectAsync(peer);

        await stream.SendAsync(Options.AsMemory(0, 100));
        time.Advance(TimeSpan.FromSeconds(25));
        await stream.SendAsync(Options.AsMemory(100));
        Assert.StartsWith("SIP/2.0 200 ", await ReadAsync(stream), StringComparison.Ordinal);

        await stream.SendAsync(Options.AsMemory(0, 100));
        Assert.InRange(await ClosedAsync(stream, time, atMost: TimeSpan.FromMinutes(10)), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_stream_that_is_used_is_kept_and_one_that_is_silent_for_an_hour_is_closed()
    {
        var time = new FakeTimeProvider();
        await using var peer = await StartAsync(time, new SipLimits());
        using var stream = await ConnectAsync(peer);

        for (var used = 0; used < 3; used++)
        {
            time.Advance(TimeSpan.FromMinutes(59));
            await stream.SendAsync("\r\n\r\n"u8.ToArray());
            Assert.Equal("\r\n", await ReadAsync(stream));
        }

        Assert.InRange(await ClosedAsync(stream, time, atMost: TimeSpan.FromHours(3)), TimeSpan.FromHours(1), TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task A_peer_for_whom_more_waits_than_may_is_given_up()
    {
        await using var peer = await StartAsync(TimeProvider.System, new SipLimits { TcpSendQueueBytes = 2_000 });
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var request = Outgoing($"sip:x@{server.LocalEndpoint};transport=tcp") with { Body = new byte[4_000], ContentType = "text/plain" };

        var response = await TestPeer.Within(peer.Stack.SendAsync(request, default), "the failure");

        Assert.Equal((503, true), (response.Status, response.IsLocal));
        Assert.Equal(server.LocalEndpoint, (await TestPeer.Within(_lost.NextAsync(), "the loss of the stream")).EndPoint);
    }

    [Fact]
    public async Task A_server_that_takes_no_connection_is_given_up_in_time()
    {
        var time = new WatchedTime();
        await using var peer = await StartAsync(time, new SipLimits());
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        // Who comes after those that nobody accepts gets no answer at all.
        using var first = new TcpClient();
        await first.ConnectAsync((IPEndPoint)full.LocalEndPoint!);

        var asked = peer.Stack.SendAsync(Outgoing($"sip:x@{full.LocalEndPoint};transport=tcp"), default);
        await time.SetAsync(TimeSpan.FromSeconds(5));
        Assert.False(asked.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(6));

        var response = await TestPeer.Within(asked, "the failure");
        Assert.Equal((503, true), (response.Status, response.IsLocal));
    }

    [Fact]
    public async Task Stun_is_answered_so_often_in_a_second_and_sip_all_the_while()
    {
        var time = new FakeTimeProvider();
        await using var peer = await StartAsync(time, new SipLimits { StunPerSecond = 3 });
        using var phone = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        phone.Connect(IPAddress.Loopback, peer.Port);

        Assert.Equal(3, await StunAnswersAsync(phone, asked: 5, "z9hG4bK1"));
        Assert.Equal(0, await StunAnswersAsync(phone, asked: 2, "z9hG4bK2"));
        time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(2, await StunAnswersAsync(phone, asked: 2, "z9hG4bK3"));
    }

    /// <summary>How many are answered before the answer to a SIP request that comes behind them.</summary>
    private static async Task<int> StunAnswersAsync(UdpClient phone, int asked, string branch)
    {
        var binding = Convert.FromHexString("000100002112a442b7e7a701bc34d686fa87dfae");
        for (var i = 0; i < asked; i++) await phone.SendAsync(binding);
        await phone.SendAsync(Encoding.ASCII.GetBytes(Written.Request("OPTIONS", branch, callId: branch)));
        for (var answered = 0; ; answered++)
        {
            var answer = (await TestPeer.Within(phone.ReceiveAsync(), "an answer")).Buffer;
            if (StunResponder.IsStun(answer)) continue;
            Assert.StartsWith("SIP/2.0 200 ", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
            return answered;
        }
    }

    /// <summary>Turns the clock until the stream is closed; how far it had to be turned.</summary>
    private static async Task<TimeSpan> ClosedAsync(Socket stream, FakeTimeProvider time, TimeSpan atMost)
    {
        var closed = stream.ReceiveAsync(new byte[1]);
        var turned = TimeSpan.Zero;
        for (; !closed.IsCompleted && turned < atMost; turned += Sweep)
        {
            time.Advance(Sweep);
            await Task.Yield();
        }

        Assert.Equal(0, await TestPeer.Within(closed, "the stream to be closed"));
        return turned;
    }

    private Task<TestPeer> StartAsync(TimeProvider time, SipLimits limits) =>
        TestPeer.StartAsync(time, options => options with { Limits = limits, FlowLost = _lost.Set });

    private static async Task<Socket> ConnectAsync(TestPeer peer)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, peer.Port);
        return socket;
    }

    private static async Task<string> ReadAsync(Socket stream)
    {
        var buffer = new byte[4_000];
        return Encoding.ASCII.GetString(buffer, 0, await TestPeer.Within(stream.ReceiveAsync(buffer), "octets on the stream"));
    }

    private static OutgoingRequest Outgoing(string target) => new()
    {
        Method = SipMethods.Message,
        From = new NameAddr(SipUri.Parse("sip:hub@127.0.0.1")),
        Target = SipUri.Parse(target),
    };
}
