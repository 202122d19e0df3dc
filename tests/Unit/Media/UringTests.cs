using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>Many datagrams by one call, between real sockets.</summary>
[Collection(AloneCollection.Name)]
public sealed class UringTests : IDisposable
{
    private readonly List<UdpDatagramSocket> _sockets = [];
    private readonly byte[] _buffer = new byte[2000];
    private bool _maySend = true;

    [Fact]
    public void What_waits_goes_out_with_the_flush_each_to_its_own_peer_and_comes_in_by_one_call()
    {
        using var outlet = Open();
        using var watch = new UdpNetwork().Watch();
        var pairs = Enumerable.Range(0, Uring.Most + 10).Select(_ => Pair()).ToArray();
        foreach (var (_, there) in pairs) watch.Add(there, new Nobody());
        var counters = new LegCounters(new MediaTotals());
        for (var i = 0; i < Uring.Most - 1; i++) Assert.True(outlet.TrySend(pairs[i].Here, Datagram(i), PeerOf(pairs[i].There), counters));
        Assert.True(watch.Ready().IsEmpty, "something went out before the flush");
        for (var i = Uring.Most - 1; i < pairs.Length; i++) Assert.True(outlet.TrySend(pairs[i].Here, Datagram(i), PeerOf(pairs[i].There), counters));
        outlet.Flush();

        var taken = 0;
        for (var ready = watch.Ready(); !ready.IsEmpty; ready = watch.Ready())
            foreach (var watched in ready)
            {
                var index = Array.FindIndex(pairs, pair => pair.There == watched.Socket);
                var length = watched.Socket.Receive(_buffer, out var source);
                Assert.Equal(Datagram(index), _buffer[..length]);
                Assert.Equal(Source.From(pairs[index].Here.Local), source);
                taken++;
            }

        Assert.Equal(pairs.Length, taken);
    }

    [Fact]
    public void A_peer_that_is_gone_costs_nobody_else_anything_and_is_counted()
    {
        using var outlet = Open();
        var (here, gone) = Pair();
        var (other, there) = Pair();
        gone.Dispose();
        LegCounters lost = new(new MediaTotals()), kept = new(new MediaTotals());
        for (var i = 0; i < 3; i++)
        {
            outlet.TrySend(here, Datagram(i), PeerOf(there), lost);
            outlet.TrySend(other, Datagram(i), PeerOf(there), kept);
            outlet.Flush();
        }

        for (var i = 0; i < 3; i++) Assert.Equal(Datagram(i).Length, there.Receive(_buffer, out _));
        Assert.Equal(0, kept.Snapshot(TimeSpan.Zero).DroppedBy(DropReason.SendFailed));
    }

    [Fact]
    public void What_waits_when_the_node_may_no_longer_speak_is_not_sent()
    {
        using var outlet = Open();
        var (here, there) = Pair();
        var counters = new LegCounters(new MediaTotals());
        outlet.TrySend(here, Datagram(1), PeerOf(there), counters);
        _maySend = false;
        outlet.Flush();
        _maySend = true;
        outlet.Flush();

        Assert.Equal(-1, there.Receive(_buffer, out _));
        Assert.Equal(1, counters.Snapshot(TimeSpan.Zero).DroppedBy(DropReason.Fenced));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_packet()
    {
        using var outlet = Open();
        using var watch = new UdpNetwork().Watch();
        var (here, there) = Pair();
        watch.Add(there, new Nobody());
        var (counters, to, datagram) = (new LegCounters(new MediaTotals()), PeerOf(there), Datagram(7));
        Exchange(outlet, watch, here, to, datagram, counters);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Exchange(outlet, watch, here, to, datagram, counters);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public void Dispose()
    {
        foreach (var socket in _sockets) socket.Dispose();
    }

    private void Exchange(Outlet outlet, ISocketWatch watch, UdpDatagramSocket here, Destination to, byte[] datagram, LegCounters counters)
    {
        outlet.TrySend(here, datagram, to, counters);
        outlet.Flush();
        foreach (var ready in watch.Ready())
            if (ready.Socket.Receive(_buffer, out _) != datagram.Length) throw new InvalidOperationException("another datagram came");
    }

    private Outlet Open()
    {
        var batch = Uring.TryOpen();
        Assert.SkipWhen(batch is null, "This system has no io_uring for us.");
        return new Outlet(new Fence(this), batch);
    }

    private (UdpDatagramSocket Here, UdpDatagramSocket There) Pair()
    {
        var (here, there) = (Bind(), Bind());
        here.Connect(PeerOf(there));
        there.Connect(PeerOf(here));
        return (here, there);
    }

    private UdpDatagramSocket Bind()
    {
        var socket = (UdpDatagramSocket?)new UdpNetwork().TryBind(new IPEndPoint(IPAddress.Loopback, 0)) ?? throw new InvalidOperationException("no port");
        _sockets.Add(socket);
        return socket;
    }

    private static Destination PeerOf(UdpDatagramSocket socket) => new(socket.Local);

    private static byte[] Datagram(int index) => [.. Enumerable.Range(0, 20 + (index % 150)).Select(at => (byte)(index + at))];

    private sealed class Fence(UringTests test) : IMediaFence
    {
        public bool MaySend => test._maySend;

        public void Revalidate()
        {
        }
    }

    private sealed class Nobody : IReceiver
    {
        public void Receive(IDatagramSocket socket, Span<byte> buffer, TimeSpan now)
        {
        }
    }
}
