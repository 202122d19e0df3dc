using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Tests.Unit.Media;

/// <summary>A phone or gateway on the fake network whose every packet the test decides.</summary>
internal sealed class FarEnd
{
    private readonly FakeSocket _socket;
    private readonly byte[] _datagram = new byte[1500];
    private readonly byte[] _received = new byte[1500];
    private readonly AudioCodec _codec;
    private readonly AudioEncoder _encoder;
    private readonly AudioDecoder _decoder;

    public FarEnd(FakeNetwork network, IPEndPoint local, RtpFormat format = RtpFormat.Pcmu)
    {
        _socket = network.TryBind(local) ?? throw new InvalidOperationException($"{local} is taken");
        _codec = AudioCodec.For(format)!;
        (_encoder, _decoder) = (_codec.CreateEncoder(), _codec.CreateDecoder());
        Format = new PayloadFormat(format switch { RtpFormat.Pcmu => 0, RtpFormat.Pcma => 8, RtpFormat.G722 => 9, _ => 107 }, format);
    }

    public IPEndPoint Local => _socket.Local;

    public PayloadFormat Format { get; }

    public uint Ssrc { get; set; } = 0x1111;

    public SequenceNumber Sequence { get; set; } = new(65_530);

    public uint Timestamp { get; set; } = uint.MaxValue - 500;

    /// <summary>Whose sound its packets say they are.</summary>
    public uint[] Contributing { get; set; } = [];

    /// <summary>Whose sound the last packet that arrived was said to be.</summary>
    public uint[] ToldSources { get; private set; } = [];

    public Destination? Remote { get; set; }

    /// <summary>What protects what it sends, and opens what it gets; null in the clear.</summary>
    public (SrtpSender Sender, SrtpReceiver Receiver)? Security { get; set; }

    /// <summary>What was composed last.</summary>
    public ReadOnlySpan<byte> Composed => _datagram;

    /// <summary>Packets that its key did not open.</summary>
    public int Unopened { get; private set; }

    /// <summary>All audio received.</summary>
    public List<short> Heard { get; } = [];

    /// <summary>The headers of all RTP received.</summary>
    public List<RtpHeader> Headers { get; } = [];

    /// <summary>Sends a packet and moves on to the next.</summary>
    public void Send(ReadOnlySpan<short> samples, bool marker = false, byte? payloadType = null)
    {
        var length = Compose(samples, marker, payloadType);
        SendRaw(_datagram.AsSpan(0, length));
        Number(samples.Length * _codec.TickClock / _codec.Band.FrameSamples());
    }

    /// <summary>Sends 20 ms that are encoded already, under another payload type.</summary>
    public void SendPayload(ReadOnlySpan<byte> payload, byte payloadType)
    {
        var header = new RtpHeader { PayloadType = payloadType, Sequence = Sequence, Timestamp = Timestamp, Ssrc = Ssrc };
        header.TryWrite(_datagram);
        payload.CopyTo(_datagram.AsSpan(RtpHeader.FixedLength));
        SendRaw(_datagram.AsSpan(0, RtpHeader.FixedLength + payload.Length));
        Lose();
    }

    /// <summary>Numbers a packet that never arrives.</summary>
    public void Lose() => Number(_codec.TickClock);

    private void Number(int clock)
    {
        Sequence = Sequence.Next;
        Timestamp += (uint)clock;
    }

    public void SendRaw(ReadOnlySpan<byte> datagram) => _socket.Send(datagram, Remote!);

    public int Compose(ReadOnlySpan<short> samples, bool marker = false, byte? payloadType = null)
    {
        var header = new RtpHeader { Marker = marker, PayloadType = payloadType ?? Format.PayloadType, Sequence = Sequence, Timestamp = Timestamp, Ssrc = Ssrc };
        header.TryWrite(_datagram, Contributing);
        var start = RtpHeader.LengthWith(Contributing.Length);
        var length = start + _encoder.Encode(samples, _datagram.AsSpan(start));
        Security?.Sender.TryProtect(_datagram, length, out length, out _);
        return length;
    }

    /// <summary>Takes in what has arrived and returns how many packets that was.</summary>
    public int Receive()
    {
        var count = 0;
        Span<short> samples = stackalloc short[AudioCodec.LongestDecoded];
        int length;
        while ((length = _socket.Receive(_received, out _)) >= 0)
        {
            if (Security is { Receiver: var receiver } && !receiver.TryUnprotect(_received.AsSpan(0, length), out length, out _))
            {
                Unopened++;
                continue;
            }

            if (!RtpHeader.TryParse(_received.AsSpan(0, length), out var header, out _)) continue;
            count++;
            Headers.Add(header);
            ToldSources = new uint[header.CsrcCount];
            for (var i = 0; i < ToldSources.Length; i++) ToldSources[i] = header.Csrc(_received.AsSpan(0, length), i);
            var decoded = _decoder.Decode(_received.AsSpan(0, length)[header.Payload], samples);
            for (var i = 0; i < decoded; i++) Heard.Add(samples[i]);
        }

        return count;
    }

    /// <summary>The same without keeping anything, for the allocation test.</summary>
    public void Ignore()
    {
        while (_socket.Receive(_received, out _) >= 0)
        {
        }
    }

    public short[] LastSecond() => [.. Heard.TakeLast(50 * _codec.Band.FrameSamples())];

    /// <summary>What it speaks and hears.</summary>
    public AudioCodec Codec => _codec;
}
