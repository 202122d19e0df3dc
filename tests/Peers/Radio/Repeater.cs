using System.Net;
using System.Net.Sockets;

namespace Interop.Tests.Peers.Radio;

/// <summary>A repeater behind a gateway: it sends back what it is given, and holds its carrier for a tail afterwards.</summary>
/// <remarks>ffmpeg cannot answer within a packet time, so this far end is ours; it works on whole RTP packets and knows no codec.</remarks>
public sealed class Repeater : IAsyncDisposable
{
    private const int HeaderBytes = 12;
    private static readonly TimeSpan PacketTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CarrierDropsAfter = TimeSpan.FromMilliseconds(60);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _output;
    private readonly TimeSpan _tail;
    private readonly Task _running;

    /// <summary>Starts it.</summary>
    /// <param name="input">The port to which the hub transmits.</param>
    /// <param name="output">The port at which the hub receives.</param>
    /// <param name="tail">How long it goes on sending when nothing is given to it any more.</param>
    public Repeater(int input, int output, TimeSpan tail)
    {
        _output = new IPEndPoint(IPAddress.Loopback, output);
        _tail = tail;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, input));
        _running = Repeat(_stop.Token);
    }

    /// <summary>How often the hub keyed it: groups of packets with a pause between them.</summary>
    public int Keyings { get; private set; }

    /// <summary>How many packets of its tails it has sent.</summary>
    public int TailPackets { get; private set; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task Repeat(CancellationToken cancel)
    {
        var packet = new byte[1_500];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(packet, cancel);
                Keyings++;
                while (length > 0)
                {
                    await _socket.SendToAsync(packet.AsMemory(0, length), _output, cancel);
                    length = await ReceiveBefore(packet, CarrierDropsAfter, cancel) is var next and > 0 ? next : await SendTail(packet, length, cancel);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>Repeats the last packet for the tail's time; gives the length of a packet that keyed it again, or 0.</summary>
    private async Task<int> SendTail(byte[] last, int length, CancellationToken cancel)
    {
        var next = new byte[last.Length];
        for (var sent = TimeSpan.Zero; sent < _tail; sent += PacketTime)
        {
            Advance(last.AsSpan(0, length), length - HeaderBytes);
            await _socket.SendToAsync(last.AsMemory(0, length), _output, cancel);
            TailPackets++;
            if (await ReceiveBefore(next, PacketTime, cancel) is var again and > 0)
            {
                next.CopyTo(last, 0);
                Keyings++;
                return again;
            }
        }

        return 0;
    }

    private async Task<int> ReceiveBefore(byte[] packet, TimeSpan limit, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        either.CancelAfter(limit);
        try
        {
            return await _socket.ReceiveAsync(packet, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static void Advance(Span<byte> packet, int samples)
    {
        var sequence = System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var timestamp = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(sequence + 1));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet[4..], timestamp + (uint)samples);
    }
}
