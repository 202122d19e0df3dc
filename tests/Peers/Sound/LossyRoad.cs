using System.Net;
using System.Net.Sockets;

namespace Interop.Tests.Peers.Sound;

/// <summary>A road for voice that loses some of the packets which a sender puts on it; what comes back is thrown away.</summary>
public sealed class LossyRoad : IAsyncDisposable
{
    private readonly UdpClient _near;
    private readonly UdpClient _far;
    private readonly IPEndPoint _to;
    private readonly Func<int, bool> _loses;
    private readonly Task _carrying;
    private int _packets;

    /// <param name="port">Where its far end is: the address from which the hub sees the voice come.</param>
    /// <param name="to">The hub's address of the call.</param>
    /// <param name="loses">Whether the packet with this number is lost.</param>
    public LossyRoad(int port, IPEndPoint to, Func<int, bool> loses)
    {
        Entrance = Ports.Block(2);
        _near = new UdpClient(new IPEndPoint(IPAddress.Loopback, Entrance));
        _far = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
        _to = to;
        _loses = loses;
        _carrying = Carry();
    }

    /// <summary>The port to send to.</summary>
    public int Entrance { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _near.Dispose();
        _far.Dispose();
        await _carrying;
    }

    private async Task Carry()
    {
        try
        {
            while (true)
            {
                var packet = (await _near.ReceiveAsync()).Buffer;
                if (!_loses(_packets++))
                    await _far.SendAsync(packet, _to);
            }
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }
}
