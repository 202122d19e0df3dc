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

    public FarEnd(FakeNetwork network, IPEndPoint local, RtpFormat format = RtpFormat.Pcmu)
    {
        _socket = network.TryBind(local) ?? throw new InvalidOperationException($"{local} is taken");
        _codec = AudioCodec.For(format)!;
        Format = new PayloadFormat(format == RtpFormat.Pcmu ? (byte)0 : (byte)8, format);
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
        Lose(samples.Length);
    }

    /// <summary>Numbers a packet that never arrives.</summary>
    public void Lose(int samples = AudioFrame.Samples)
    {
        Sequence = Sequence.Next;
        Timestamp += (uint)samples;
    }

    public void SendRaw(ReadOnlySpan<byte> datagram) => _socket.Send(datagram, Remote!);

    public int Compose(ReadOnlySpan<short> samples, bool marker = false, byte? payloadType = null)
    {
        var header = new RtpHeader { Marker = marker, PayloadType = payloadType ?? Format.PayloadType, Sequence = Sequence, Timestamp = Timestamp, Ssrc = Ssrc };
        header.TryWrite(_datagram, Contributing);
        var start = RtpHeader.LengthWith(Contributing.Length);
        var length = start + _codec.Encode(samples, _datagram.AsSpan(start));
        Security?.Sender.TryProtect(_datagram, length, out length, out _);
        return length;
    }

    /// <summary>Takes in what has arrived and returns how many packets that was.</summary>
    public int Receive()
    {
        var count = 0;
        Span<short> samples = stackalloc short[1500];
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
            var decoded = _codec.Decode(_received.AsSpan(0, length)[header.Payload], samples);
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

    public short[] LastSecond() => [.. Heard.TakeLast(AudioFrame.SampleRate)];
}
