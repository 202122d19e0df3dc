using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Bridges.Wire.Rtp.Rtcp;
using Interop.Bridges.Wire.Rtp.Srtp;
using Interop.Bridges.Wire.Rtp.Stun;

namespace Interop.Tests.Unit.Media.Browsers;

/// <summary>A browser as the hub sees one: ICE checks, a DTLS handshake, SRTP. Whoever owns it pumps it.</summary>
internal sealed class TestBrowser : IDtlsPath, IDisposable
{
    private static readonly PayloadFormat s_pcmu = new(0, RtpFormat.Pcmu);

    private readonly Socket _socket;
    private readonly bool _ownsSocket;
    private readonly DtlsClient _dtls;
    private readonly byte[] _buffer = new byte[2048];
    private readonly uint _ssrc = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;
    private BrowserPlace? _place;
    private IPEndPoint? _hub;
    private SequenceNumber _sequence;
    private uint _timestamp;
    private DtlsSrtpKeys? _keys;
    private (uint Ssrc, uint Time) _reported;

    /// <summary>Makes one, with the certificate that it names unless another is shown.</summary>
    public TestBrowser(DtlsIdentity? shown = null, TestBrowser? sharing = null)
    {
        Identity = DtlsIdentity.Create(TimeProvider.System);
        _ownsSocket = sharing is null;
        _socket = sharing?._socket ?? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        if (_ownsSocket) _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _dtls = new DtlsClient(shown ?? Identity, this, profiles: [.. DtlsSrtpKeys.Profiles]);
    }

    public DtlsIdentity Identity { get; }

    /// <summary>Success answers to its checks.</summary>
    public int Confirmed { get; private set; }

    /// <summary>Errors in answer to its checks.</summary>
    public int Refused { get; private set; }

    /// <summary>DTLS datagrams that came.</summary>
    public int Shaken { get; private set; }

    /// <summary>The payload of the last RTP packet.</summary>
    public byte[] Heard { get; private set; } = [];

    /// <summary>RTP packets that came and opened.</summary>
    public int Packets { get; private set; }

    /// <summary>RTCP compounds that came and opened.</summary>
    public int Reports { get; private set; }

    /// <summary>Whether it has the keys.</summary>
    public bool IsConnected => _sender is not null;

    public BrowserSettings Offer() => new() { RemoteUfrag = "peer", Fingerprint = Identity.Fingerprint, Send = s_pcmu, Accept = [s_pcmu] };

    public void Aim(BrowserPlace place) => (_place, _hub) = (place, place.EndPoints[0]);

    public void Check(bool nominates = false, string? password = null)
    {
        var writer = new StunWriter(_buffer, StunType.BindingRequest, RandomNumberGenerator.GetBytes(12));
        writer.AddUsername($"{_place!.Local.Ufrag}:peer");
        writer.Add(StunAttribute.IceControlling, 1ul);
        writer.Add(StunAttribute.Priority, 1u);
        if (nominates) writer.AddUseCandidate();
        writer.AddIntegrity(Encoding.ASCII.GetBytes(password ?? _place.Local.Password));
        writer.AddFingerprint();
        _socket.SendTo(_buffer.AsSpan(0, writer.Length), _hub!);
    }

    public void BeginHandshake() => new Thread(() => Volatile.Write(ref _keys, _dtls.Connect())) { IsBackground = true }.Start();

    /// <summary>Waits until something has come, for no longer than that.</summary>
    public void Wait(TimeSpan longest) => _socket.Poll(longest, SelectMode.SelectRead);

    /// <summary>Takes what has come.</summary>
    public void Pump()
    {
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            var length = _socket.Receive(_buffer);
            switch (Demultiplexer.Classify(_buffer.AsSpan(0, length)))
            {
                case DatagramKind.Stun when StunMessage.TryParse(_buffer.AsSpan(0, length), out var answer, out _):
                    if (answer.Type == StunType.BindingSuccess) Confirmed++;
                    else Refused++;
                    break;
                case DatagramKind.Dtls:
                    Shaken++;
                    _dtls.Take(_buffer.AsSpan(0, length));
                    break;
                case DatagramKind.Rtp when _receiver is not null && _receiver.TryUnprotect(_buffer.AsSpan(0, length), out var clear, out _):
                    Packets++;
                    if (RtpHeader.TryParse(_buffer.AsSpan(0, clear), out var header, out _)) Heard = _buffer[header.Payload];
                    break;
                case DatagramKind.Rtcp when _receiver is not null && _receiver.TryUnprotectRtcp(_buffer.AsSpan(0, length), out var opened, out _):
                    Reports++;
                    if (RtcpReader.TryOpen(_buffer.AsSpan(0, opened), out var reader, out _) && reader.TryRead(out var report)) _reported = (report.Ssrc, report.Sender.Ntp.Middle);
                    break;
            }
        }

        if (_sender is not null || Volatile.Read(ref _keys) is not { } keys) return;
        _sender = new SrtpSender(keys.Profile, keys.ClientKey.Span, keys.ClientSalt.Span);
        _receiver = new SrtpReceiver(keys.Profile, keys.ServerKey.Span, keys.ServerSalt.Span);
    }

    /// <summary>Sends 20 ms.</summary>
    public void Speak(ReadOnlySpan<byte> payload)
    {
        var header = new RtpHeader { PayloadType = 0, Sequence = _sequence, Timestamp = _timestamp, Ssrc = _ssrc };
        header.TryWrite(_buffer);
        payload.CopyTo(_buffer.AsSpan(RtpHeader.FixedLength));
        if (_sender!.TryProtect(_buffer, RtpHeader.FixedLength + payload.Length, out var length, out _)) _socket.SendTo(_buffer.AsSpan(0, length), _hub!);
        _sequence = _sequence.Next;
        _timestamp += (uint)payload.Length;
    }

    /// <summary>Answers the hub's last report, as one who only listens does (RFC 3550 §6.4.2).</summary>
    public void ReportBack()
    {
        var writer = new RtcpWriter(_buffer);
        writer.TryWriteReceiverReport(_ssrc, [new ReportBlock(_reported.Ssrc, 0, 0, 0, 0, _reported.Time, 0)]);
        if (_sender!.TryProtectRtcp(_buffer, writer.Length, out var length, out _)) _socket.SendTo(_buffer.AsSpan(0, length), _hub!);
    }

    /// <summary>Sends a datagram as it is.</summary>
    public void Throw(ReadOnlySpan<byte> datagram) => _socket.SendTo(datagram, _hub!);

    public void SayGoodbye() => _dtls.Close();

    public void Dispose()
    {
        if (_ownsSocket) _socket.Dispose();
    }

    void IDtlsPath.Send(ReadOnlySpan<byte> datagram)
    {
        try
        {
            _socket.SendTo(datagram, _hub!);
        }
        catch (ObjectDisposedException)
        {
            // The test is over, and its handshake not yet.
        }
    }

    void IDtlsPath.OnKeys(DtlsSrtpKeys keys)
    {
    }

    void IDtlsPath.OnEnded(DtlsEnd end)
    {
    }
}
