using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>The one way out: every packet of every leg passes it, so that none can miss the fence.</summary>
/// <remarks>
/// What goes to the peer of a connected socket waits for <see cref="Flush"/>, and then goes with all the others in one call: to the
/// system each call is dearer than what it is asked for. Owned by the tick thread.
/// </remarks>
internal sealed class Outlet(IMediaFence fence, Uring? batch) : IDisposable
{
    // EAGAIN and ENOBUFS: to try again at once would only be refused again.
    private const int Full = -11;
    private const int NoBuffers = -105;

    private readonly UdpDatagramSocket[] _sockets = new UdpDatagramSocket[Uring.Most];
    private readonly LegCounters[] _counters = new LegCounters[Uring.Most];
    private readonly int[] _lengths = new int[Uring.Most];

    /// <summary>Sends a datagram, now or with the next <see cref="Flush"/>; false when it was not taken.</summary>
    public bool TrySend(IDatagramSocket socket, ReadOnlySpan<byte> datagram, Destination destination, LegCounters counters)
    {
        if (!fence.MaySend)
        {
            counters.Drop(DropReason.Fenced);
            return false;
        }

        if (batch is not null && socket is UdpDatagramSocket { IsConnected: true } connected && datagram.Length <= Uring.Longest)
        {
            Queue(batch, connected, datagram, counters);
            return true;
        }

        if (socket.Send(datagram, destination)) return true;
        counters.Drop(DropReason.SendFailed);
        return false;
    }

    /// <summary>Sends what waits: after each poll and each tick, and before a socket is closed.</summary>
    public void Flush()
    {
        if (batch is null || batch.Count == 0) return;
        // Whoever was frozen in between may be another node's by now.
        if (!fence.MaySend)
        {
            for (var i = 0; i < batch.Count; i++) _counters[i].Drop(DropReason.Fenced);
            batch.Clear();
            return;
        }

        var results = batch.Submit();
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] >= 0) continue;
            // The peer's ICMP for something sent earlier was told in place of sending this; or the ring is there and does not work.
            if (results[i] is not (Full or NoBuffers) && _sockets[i].SendToPeer(batch.Memory(i)[.._lengths[i]])) continue;
            _counters[i].Drop(DropReason.SendFailed);
        }
    }

    private void Queue(Uring waiting, UdpDatagramSocket socket, ReadOnlySpan<byte> datagram, LegCounters counters)
    {
        var index = waiting.Count;
        (_sockets[index], _counters[index], _lengths[index]) = (socket, counters, datagram.Length);
        waiting.AddSend(socket.Handle, datagram);
        if (waiting.Count == Uring.Most) Flush();
    }

    public void Dispose() => batch?.Dispose();
}
