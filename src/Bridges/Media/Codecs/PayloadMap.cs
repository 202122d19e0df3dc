namespace Interop.Bridges.Media.Codecs;

/// <summary>Which payload types a leg accepts, and what each carries; immutable once made.</summary>
internal sealed class PayloadMap
{
    private readonly bool[] _known = new bool[128];
    private readonly bool[] _events = new bool[128];
    private readonly AudioCodec?[] _codecs = new AudioCodec?[128];

    public PayloadMap(IEnumerable<PayloadFormat> formats)
    {
        foreach (var format in formats)
        {
            if (format.PayloadType > 127) continue;
            _known[format.PayloadType] = true;
            _events[format.PayloadType] = format.Format == RtpFormat.TelephoneEvent;
            _codecs[format.PayloadType] = AudioCodec.For(format.Format);
        }
    }

    public static PayloadMap Empty { get; } = new([]);

    /// <summary>False when the type was not agreed; true with no codec when it is known but not audio.</summary>
    public bool TryGet(byte payloadType, out AudioCodec? codec)
    {
        codec = _codecs[payloadType & 0x7F];
        return _known[payloadType & 0x7F];
    }

    /// <summary>Whether the type carries the keys that the far end presses.</summary>
    public bool IsEvents(byte payloadType) => _events[payloadType & 0x7F];
}
