using System.Net;
using System.Net.Sockets;

namespace Interop.Tests.Peers.Sound;

/// <summary>Hears for a scripted phone, whose description names its port: sipp sends voice and keeps none.</summary>
public sealed class RtpEar : IAsyncDisposable
{
    private const int HeaderBytes = 12;
    private const int ALaw = 8;

    private readonly UdpClient _socket;
    private readonly Lock _gate = new();
    private readonly List<short> _samples = [];
    private readonly Task _listening;
    private int _packets;

    /// <summary>Listens on a free port.</summary>
    public RtpEar()
    {
        Port = Ports.Block(2);
        _socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, Port));
        _listening = Listen();
    }

    /// <summary>Where.</summary>
    public int Port { get; }

    /// <summary>Packets that came, whatever was in them.</summary>
    public int Packets => Volatile.Read(ref _packets);

    /// <summary>What was heard, one packet after the other as they came.</summary>
    public Recording Heard()
    {
        lock (_gate)
            return new Recording([.. _samples]);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _listening;
    }

    private async Task Listen()
    {
        try
        {
            while (true)
                Take((await _socket.ReceiveAsync()).Buffer);
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private void Take(ReadOnlySpan<byte> packet)
    {
        if (packet.Length <= HeaderBytes)
            return;
        Interlocked.Increment(ref _packets);
        var format = packet[1] & 0x7F;
        lock (_gate)
            foreach (var coded in packet[HeaderBytes..])
                _samples.Add(format == ALaw ? G711.FromALaw(coded) : G711.FromMuLaw(coded));
    }
}
