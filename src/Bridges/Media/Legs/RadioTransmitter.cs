using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>Keys a gateway by sending RTP, and only while keyed. Owned by the tick thread.</summary>
internal sealed class RadioTransmitter(RadioSettings settings, IDatagramSocket? socket, Outlet outlet, RtpSender sender, LegCounters counters)
{
    private readonly AudioCodec _codec = settings.Codec;
    private readonly Destination? _to = Destination.Of(settings.Transmit);
    private readonly byte[] _payload = new byte[RtpSender.LongestPayload];
    private readonly int _payloadLength = settings.Codec.LengthOf(AudioFrame.Samples * (int)(settings.PacketTime / AudioFrame.Duration));
    private int _filled;
    private uint _filledFrom;
    private TimeSpan _keyedAt;
    private bool _timedOut;
    private bool _marker;

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
            _marker = true;
        }

        Keyed = key;
        if (key) Add(frame);
        else Flush();
        sender.Pass(AudioFrame.Samples);
    }

    public void Skip(int ticks)
    {
        Flush();
        sender.Pass(ticks * AudioFrame.Samples);
    }

    private void Add(ReadOnlySpan<short> frame)
    {
        if (_filled == 0) _filledFrom = sender.Timestamp;
        _filled += _codec.Encode(frame, _payload.AsSpan(_filled));
        if (_filled >= _payloadLength) Flush();
    }

    private void Flush()
    {
        if (_filled == 0) return;
        sender.Send(outlet, socket!, _to!, counters, settings.Payload.PayloadType, _marker, _filledFrom, _payload.AsSpan(0, _filled));
        _marker = false;
        _filled = 0;
    }
}
