using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>Cuts a stream into packets of the length that the far end likes, whatever the length of the pieces it comes in. Owned by the tick thread.</summary>
/// <remarks>
/// G.711 has one byte for each sample, so a packet may end anywhere in a piece: 40 ms are two ticks, 10 ms half a one, and 30 ms
/// fall due after the second and the third of three.
/// </remarks>
internal sealed class Packetizer(RtpSender sender, Outlet outlet, LegCounters counters)
{
    private readonly byte[] _held = new byte[RtpSender.LongestPayload];
    private int _length = AudioFrame.Samples;
    private int _filled;
    private uint _heldFrom;

    /// <summary>Whether the next packet begins a talkspurt.</summary>
    public bool Marker { get; set; }

    /// <summary>The length of the packets from the next one on; what is longer than a datagram has room for is cut to that.</summary>
    public TimeSpan PacketTime
    {
        set => _length = Math.Clamp((int)(value.Ticks * AudioFrame.SampleRate / TimeSpan.TicksPerSecond), AudioFrame.Samples / 2, RtpSender.LongestPayload);
    }

    /// <summary>Takes one tick's payload, sends each packet that it completes, and lets its media time pass.</summary>
    public void Add(IDatagramSocket socket, Destination to, byte payloadType, ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            var part = payload[..Math.Min(payload.Length, _length - _filled)];
            payload = payload[part.Length..];
            if (part.Length == _length) Send(socket, to, payloadType, sender.Timestamp, part);
            else Hold(socket, to, payloadType, part);
            sender.Pass(part.Length);
        }
    }

    /// <summary>Sends what has not filled a packet, before a pause or a change.</summary>
    public void Flush(IDatagramSocket socket, Destination to, byte payloadType)
    {
        if (_filled == 0) return;
        Send(socket, to, payloadType, _heldFrom, _held.AsSpan(0, _filled));
        _filled = 0;
    }

    private void Hold(IDatagramSocket socket, Destination to, byte payloadType, ReadOnlySpan<byte> part)
    {
        if (_filled == 0) _heldFrom = sender.Timestamp;
        part.CopyTo(_held.AsSpan(_filled));
        _filled += part.Length;
        if (_filled == _length) Flush(socket, to, payloadType);
    }

    private void Send(IDatagramSocket socket, Destination to, byte payloadType, uint timestamp, ReadOnlySpan<byte> payload)
    {
        sender.Send(outlet, socket, to, counters, payloadType, Marker, timestamp, payload);
        Marker = false;
    }
}
