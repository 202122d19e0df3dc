using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>Cuts a stream into packets of the length that the far end likes, whatever the length of the pieces it comes in. Owned by the tick thread.</summary>
/// <remarks>
/// A packet of samples may end anywhere in a piece: 40 ms are two ticks, 10 ms half a one, and 30 ms fall due after the second and
/// the third of three. Opus cannot be cut: its packets hold whole frames of 20 ms, one to three, whatever else was asked for.
/// </remarks>
internal sealed class Packetizer(RtpSender sender, Outlet outlet, LegCounters counters, AudioCodec codec, TimeSpan packetTime)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(60);
    private readonly byte[] _held = new byte[RtpSender.LongestPayload];
    private AudioCodec _codec = codec;
    private int _length = LengthOf(codec, packetTime);
    private int _filled;
    private int _frames;
    private uint _heldFrom;

    /// <summary>Whether the next packet begins a talkspurt.</summary>
    public bool Marker { get; set; }

    /// <summary>Sets the coding and the packets' length from the next one on; what is longer than a datagram has room for is cut to that.</summary>
    public void Use(AudioCodec codec, TimeSpan packetTime)
    {
        _codec = codec;
        _length = LengthOf(codec, packetTime);
    }

    /// <summary>Takes one tick's payload, sends each packet that it completes, and lets its media time pass.</summary>
    public void Add(IDatagramSocket socket, Destination to, byte payloadType, ReadOnlySpan<byte> payload)
    {
        if (_codec.OctetsPerClock == 0) AddFrame(socket, to, payloadType, payload);
        else AddSamples(socket, to, payloadType, payload);
    }

    /// <summary>Whether 20 ms of a coding are a packet of their own here.</summary>
    public bool IsWhole(AudioCodec codec) => _codec == codec && _filled == 0 && _length == codec.TickClock * codec.OctetsPerClock;

    /// <summary>Sends a whole packet of another sender's stream, after so many of it that are missing.</summary>
    public void PassOn(IDatagramSocket socket, Destination to, byte payloadType, ReadOnlySpan<byte> payload, int missing)
    {
        sender.Leave(missing);
        sender.Pass(missing * _codec.TickClock);
        AddSamples(socket, to, payloadType, payload);
    }

    /// <summary>Sends what has not filled a packet, before a pause or a change.</summary>
    public void Flush(IDatagramSocket socket, Destination to, byte payloadType)
    {
        if (_filled == 0) return;
        Send(socket, to, payloadType, _heldFrom, _held.AsSpan(0, _filled));
        _filled = _frames = 0;
    }

    // In octets of samples, or in frames.
    private static int LengthOf(AudioCodec codec, TimeSpan packetTime)
    {
        if (packetTime > s_longest) packetTime = s_longest;
        if (codec.OctetsPerClock == 0) return Math.Max(1, (int)(packetTime / AudioFrame.Duration));
        var tick = codec.TickClock * codec.OctetsPerClock;
        return Math.Clamp((int)(packetTime.Ticks * tick / AudioFrame.Duration.Ticks), tick / 2, RtpSender.LongestPayload);
    }

    private void AddSamples(IDatagramSocket socket, Destination to, byte payloadType, ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            var part = payload[..Math.Min(payload.Length, _length - _filled)];
            payload = payload[part.Length..];
            if (part.Length == _length) Send(socket, to, payloadType, sender.Timestamp, part);
            else Hold(socket, to, payloadType, part);
            sender.Pass(part.Length / _codec.OctetsPerClock);
        }
    }

    private void AddFrame(IDatagramSocket socket, Destination to, byte payloadType, ReadOnlySpan<byte> frame)
    {
        var single = _length == 1 ? default : OpusFrame.Single(frame);
        if (single.IsEmpty)
        {
            Flush(socket, to, payloadType);
            Send(socket, to, payloadType, sender.Timestamp, frame);
        }
        else
        {
            var kind = OpusFrame.KindOf(frame);
            // Frames of one packet are of one kind.
            if (_filled > 0 && OpusFrame.KindOf(_held) != kind) Flush(socket, to, payloadType);
            if (_filled == 0) _heldFrom = sender.Timestamp;
            _filled = OpusFrame.Append(_held, _filled, kind, single);
            if (++_frames == _length) Flush(socket, to, payloadType);
        }

        sender.Pass(_codec.TickClock);
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
