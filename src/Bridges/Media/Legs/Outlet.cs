using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>The one way out: every packet of every leg passes it, so that none can miss the fence.</summary>
internal sealed class Outlet(IMediaFence fence)
{
    public bool TrySend(IDatagramSocket socket, ReadOnlySpan<byte> datagram, Destination destination, LegCounters counters)
    {
        if (!fence.MaySend)
        {
            counters.Drop(DropReason.Fenced);
            return false;
        }

        if (socket.Send(datagram, destination)) return true;
        counters.Drop(DropReason.SendFailed);
        return false;
    }
}
