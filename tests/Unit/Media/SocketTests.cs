using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Sockets;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class SocketTests : IDisposable
{
    private readonly IDatagramSocket _socket = Bind();
    private readonly Socket _peer = Peer();
    private readonly Socket _stranger = Peer();
    private readonly byte[] _buffer = new byte[100];

    [Fact]
    public void A_connected_socket_lets_only_its_peer_in_until_it_is_disconnected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "connect cannot be undone here");
        _stranger.SendTo([9], _socket.Local);
        _socket.Connect(new Destination((IPEndPoint)_peer.LocalEndPoint!));
        _stranger.SendTo([9], _socket.Local);
        _peer.SendTo([1], _socket.Local);
        Assert.Equal(1, Receive(out var source));
        Assert.Equal(_peer.LocalEndPoint, source.ToEndPoint());
        Assert.Equal(1, _buffer[0]);
        Assert.Equal(-1, _socket.Receive(_buffer, out _));

        var port = _socket.Local.Port;
        _socket.Disconnect();
        _stranger.SendTo([7, 7], new IPEndPoint(IPAddress.Loopback, port));
        Assert.Equal(2, Receive(out source));
        Assert.Equal(_stranger.LocalEndPoint, source.ToEndPoint());
        Assert.True(_socket.Send([5], new Destination((IPEndPoint)_stranger.LocalEndPoint!)));
        Assert.Equal(1, _stranger.Receive(_buffer));
    }

    [Fact]
    public void An_empty_datagram_does_not_stop_those_behind_it()
    {
        _peer.SendTo([], _socket.Local);
        _peer.SendTo([3], _socket.Local);
        Assert.Equal(0, Receive(out _));
        Assert.Equal(1, Receive(out _));
    }

    [Fact]
    public void A_peer_that_is_gone_costs_packets_and_no_exception()
    {
        var gone = new Destination((IPEndPoint)_peer.LocalEndPoint!);
        _socket.Connect(gone);
        _peer.Dispose();
        for (var i = 0; i < 5; i++)
        {
            _socket.Send([1], gone);
            Assert.Equal(-1, _socket.Receive(_buffer, out _));
        }
    }

    [Fact]
    public void After_a_peer_that_was_gone_another_can_be_connected()
    {
        var gone = new Destination((IPEndPoint)_peer.LocalEndPoint!);
        _socket.Connect(gone);
        _peer.Dispose();
        for (var i = 0; i < 5; i++)
        {
            _socket.Send([1], gone);
            _socket.Receive(_buffer, out _);
        }

        _socket.Disconnect();
        _socket.Connect(new Destination((IPEndPoint)_stranger.LocalEndPoint!));
        _stranger.SendTo([8], _socket.Local);

        Assert.Equal(1, Receive(out _));
        Assert.Equal(8, _buffer[0]);
    }

    [Fact]
    public void An_address_that_cannot_be_reached_is_left_alone_for_a_while()
    {
        // Bound to loopback, a socket has no way to another network.
        var nowhere = new Destination(new IPEndPoint(IPAddress.Parse("198.51.100.1"), 9));
        for (var i = 0; i < 10; i++) Assert.False(_socket.Send([1], nowhere));
        Assert.True(_socket.Send([1], new Destination((IPEndPoint)_peer.LocalEndPoint!)));
    }

    [Fact]
    public void A_port_in_use_is_passed_over() => Assert.Null(new UdpNetwork().TryBind(_socket.Local));

    [Theory]
    [InlineData("10000-19999", 5000)]
    [InlineData("10001-10004", 1)]
    [InlineData("10001-10001", -1)]
    [InlineData("10002-10002", -1)]
    [InlineData("20000-10000", -1)]
    [InlineData("80-90", -1)]
    [InlineData("10000-70000", -1)]
    [InlineData("10000", -1)]
    [InlineData("-1-5", -1)]
    [InlineData(null, -1)]
    public void A_port_range_is_read_or_refused(string? text, int pairs)
    {
        Assert.Equal(pairs >= 0, PortRange.TryParse(text, out var range));
        if (pairs >= 0) Assert.Equal(pairs, range.Pairs);
    }

    [Fact]
    public void A_watch_tells_the_sockets_that_have_something_until_it_is_taken_and_none_that_is_no_longer_watched()
    {
        using var quiet = Bind();
        using var left = Bind();
        using var watch = new UdpNetwork().Watch();
        var receiver = new Heard();
        foreach (var socket in (ReadOnlySpan<IDatagramSocket>)[quiet, _socket, left]) watch.Add(socket, receiver);
        watch.Remove(left);
        watch.Remove(left);
        _peer.SendTo([1], left.Local);
        _peer.SendTo([1], _socket.Local);
        _peer.SendTo([2], _socket.Local);

        Assert.True(SpinWait.SpinUntil(() => !watch.Ready().IsEmpty, TimeSpan.FromSeconds(5)));
        for (var taken = 0; taken < 2; taken++)
        {
            var ready = Assert.Single(watch.Ready().ToArray());
            Assert.Equal(new Watched(_socket, receiver), ready);
            Assert.Equal(1, ready.Socket.Receive(_buffer, out _));
        }

        Assert.True(watch.Ready().IsEmpty);
    }

    [Fact]
    public void A_watch_grows_with_its_sockets_and_tells_all_of_them()
    {
        using var watch = new UdpNetwork().Watch();
        var sockets = Enumerable.Range(0, 50).Select(_ => Bind()).ToArray();
        try
        {
            foreach (var socket in sockets)
            {
                watch.Add(socket, new Heard());
                _peer.SendTo([1], socket.Local);
            }

            Assert.True(SpinWait.SpinUntil(() => watch.Ready().Length == sockets.Length, TimeSpan.FromSeconds(5)));
            Assert.Equal(sockets.ToHashSet(), watch.Ready().ToArray().Select(ready => ready.Socket).ToHashSet());
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }

    [Fact]
    public void All_errors_of_the_settings_are_told_at_once()
    {
        Assert.Empty(new MediaOptions().Validate());
        Assert.Equal(3, new MediaOptions { Ports = new PortRange(5, 5), Bind = [IPAddress.Loopback, IPAddress.Any], MaxLegs = 0 }.Validate().Count);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _peer.Dispose();
        _stranger.Dispose();
    }

    // A port by number, as legs have: one that the system chose would be lost with the connection.
    private static IDatagramSocket Bind()
    {
        for (var port = 38_100; port < 38_200; port++)
            if (new UdpNetwork().TryBind(new IPEndPoint(IPAddress.Loopback, port)) is { } socket) return socket;
        throw new InvalidOperationException("Ports 38100-38199 are all in use.");
    }

    private static Socket Peer()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 2000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    // Loopback delivers within the send; the retries are for a machine that is busy.
    private int Receive(out Source source)
    {
        var length = -1;
        source = default;
        for (var i = 0; i < 100_000 && length < 0; i++) length = _socket.Receive(_buffer, out source);
        return length;
    }

    private sealed class Heard : IReceiver
    {
        public void Receive(IDatagramSocket socket, Span<byte> buffer, TimeSpan now)
        {
        }
    }
}
