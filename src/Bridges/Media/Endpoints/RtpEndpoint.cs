using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Endpoints;

/// <summary>The far end of a leg: a software phone or radio gateway that sends and receives 20 ms of linear audio at a time.</summary>
/// <remarks>One owner; nothing blocks. It keeps no jitter buffer: frames come out as they arrived.</remarks>
public sealed class RtpEndpoint : IDisposable
{
    private readonly IDatagramSocket _receive;
    private readonly IDatagramSocket _send;
    private readonly AudioCodec _codec;
    private readonly AudioEncoder _encoder;
    private readonly AudioDecoder _decoder;
    private readonly byte _payloadType;
    private readonly byte[] _buffer = new byte[65_536];
    private readonly byte[] _datagram = new byte[RtpHeader.FixedLength + AudioCodec.LongestTick];
    private readonly uint _ssrc;
    private Destination? _remote;
    private SequenceNumber _sequence;
    private uint _timestamp;

    /// <summary>Binds <paramref name="local"/>, joining it when it is a multicast group.</summary>
    /// <param name="local">An address, or a group on <paramref name="networkInterface"/>.</param>
    /// <param name="format">The coding and payload type in both directions.</param>
    /// <param name="ssrc">The synchronization source of what is sent.</param>
    /// <param name="networkInterface">The interface for multicast; loopback when not given.</param>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public RtpEndpoint(IPEndPoint local, PayloadFormat format, uint ssrc, IPAddress? networkInterface = null)
    {
        var network = new UdpNetwork();
        var loopback = networkInterface ?? RadioAddress.Loopback(local.AddressFamily);
        _receive = network.TryBindRadio(local, loopback, timeToLive: 1, out _) ?? throw new SocketException((int)SocketError.AddressAlreadyInUse);
        _send = RadioAddress.IsMulticast(local.Address)
            ? network.TryBindRadio(new IPEndPoint(loopback, 0), loopback, timeToLive: 1, out _) ?? throw new SocketException((int)SocketError.AddressNotAvailable)
            : _receive;
        _codec = AudioCodec.For(format.Format) ?? throw new ArgumentException("The format must be audio.", nameof(format));
        (_encoder, _decoder) = (_codec.CreateEncoder(), _codec.CreateDecoder());
        _payloadType = format.PayloadType;
        _ssrc = ssrc;
    }

    /// <summary>How many samples a frame has: 160, or 320 in a wideband coding.</summary>
    public int FrameSamples => _codec.Band.FrameSamples();

    /// <summary>Where it receives.</summary>
    public IPEndPoint Local => _receive.Local;

    /// <summary>Where <see cref="Send"/> sends to; null is nowhere.</summary>
    public IPEndPoint? Remote
    {
        get => _remote?.EndPoint;
        set => _remote = Destination.Of(value, _send.Local.AddressFamily);
    }

    /// <summary>Sends 20 ms; <paramref name="marker"/> begins a talkspurt.</summary>
    public void Send(ReadOnlySpan<short> frame, bool marker = false)
    {
        var header = new RtpHeader { Marker = marker, PayloadType = _payloadType, Sequence = _sequence, Timestamp = _timestamp, Ssrc = _ssrc };
        header.TryWrite(_datagram);
        var length = _encoder.Encode(frame[..FrameSamples], _datagram.AsSpan(RtpHeader.FixedLength));
        if (_remote is { } remote) _send.Send(_datagram.AsSpan(0, RtpHeader.FixedLength + length), remote);
        _sequence = _sequence.Next;
        _timestamp += (uint)_codec.TickClock;
    }

    /// <summary>Lets 20 ms pass without a packet, as a gateway that is not keyed does.</summary>
    public void Pause() => _timestamp += (uint)_codec.TickClock;

    /// <summary>Takes the audio of the next packet that has arrived.</summary>
    /// <returns>False when none waits; <paramref name="samples"/> is 0 for what was not audio of this format.</returns>
    public bool TryReceive(Span<short> frame, out int samples)
    {
        samples = 0;
        var length = _receive.Receive(_buffer, out _);
        if (length < 0) return false;
        var datagram = _buffer.AsSpan(0, length);
        if (!RtpHeader.TryParse(datagram, out var header, out _) || header.PayloadType != _payloadType || header.Ssrc == _ssrc) return true;
        var payload = datagram[header.Payload];
        if (_codec.TimeIn(payload) * _codec.Band.Scale() <= frame.Length) samples = _decoder.Decode(payload, frame);
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _receive.Dispose();
        _send.Dispose();
    }
}
