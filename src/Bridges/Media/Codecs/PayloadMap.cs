namespace Interop.Bridges.Media.Codecs;

/// <summary>Which payload types a leg accepts, and what each carries; immutable once made.</summary>
internal sealed class PayloadMap
{
    private readonly PayloadFormat?[] _formats = new PayloadFormat?[128];
    private readonly AudioCodec?[] _codecs = new AudioCodec?[128];

    public PayloadMap(IEnumerable<PayloadFormat> formats)
    {
        foreach (var format in formats)
        {
            if (format.PayloadType > 127) continue;
            _formats[format.PayloadType] = format;
            _codecs[format.PayloadType] = AudioCodec.For(format.Format);
        }
    }

    public static PayloadMap Empty { get; } = new([]);

    /// <summary>False when the type was not agreed; true with no codec when it is known but not audio.</summary>
    public bool TryGet(byte payloadType, out AudioCodec? codec)
    {
        codec = _codecs[payloadType & 0x7F];
        return _formats[payloadType & 0x7F] is not null;
    }

    /// <summary>Whether the type carries the keys that the far end presses, and the clock that they are told on.</summary>
    public bool IsEvents(byte payloadType, out int clock)
    {
        clock = _formats[payloadType & 0x7F]?.EventClock ?? 0;
        return _formats[payloadType & 0x7F]?.Format == RtpFormat.TelephoneEvent;
    }

    /// <summary>Whether the type carries comfort noise.</summary>
    public bool IsNoise(byte payloadType) => _formats[payloadType & 0x7F]?.Format == RtpFormat.ComfortNoise;
}
