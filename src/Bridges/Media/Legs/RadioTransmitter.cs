using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>Keys a gateway by sending RTP, and only while keyed. Owned by the tick thread.</summary>
internal sealed class RadioTransmitter(RadioSettings settings, IDatagramSocket? socket, Outlet outlet, RtpSender sender, LegCounters counters)
{
    private readonly AudioCodec _codec = settings.Codec;
    private readonly Destination? _to = Destination.Of(settings.Transmit, settings.Family);
    private readonly AudioEncoder _encoder = settings.Codec.CreateEncoder();
    private readonly Packetizer _packets = new(sender, outlet, counters, settings.Codec, settings.PacketTime);
    private readonly byte[] _payload = new byte[AudioCodec.LongestTick];
    private TimeSpan _keyedAt;
    private bool _timedOut;

    public bool Keyed { get; private set; }

    /// <summary>One tick: a frame keys the radio, an empty one lets it go.</summary>
    public void Step(ReadOnlySpan<short> frame, TimeSpan now)
    {
        var wanted = !frame.IsEmpty && _to is not null && socket is not null;
        _timedOut &= wanted;
        if (wanted && Keyed && now - _keyedAt >= settings.TimeOut) _timedOut = true;
        var key = wanted && !_timedOut;
        if (key && !Keyed)
        {
            _keyedAt = now;
            _packets.Marker = true;
        }

        Keyed = key;
        if (key) _packets.Add(socket!, _to!, settings.Payload.PayloadType, _payload.AsSpan(0, _encoder.Encode(frame, _payload)));
        else Pause(_codec.TickClock);
    }

    public void Skip(int ticks) => Pause(ticks * _codec.TickClock);

    private void Pause(int clock)
    {
        if (_to is not null && socket is not null) _packets.Flush(socket, _to, settings.Payload.PayloadType);
        sender.Pass(clock);
    }
}
