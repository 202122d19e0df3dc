using System.Net;
using System.Threading.Channels;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Media.Ticks;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Bridges.Wire.Rtp.Ice;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Media.Browsers;

/// <summary>One browser's part of the shared port: to its leg a socket in the clear, to the browser SRTP at whatever address it has proved.</summary>
/// <remarks>
/// Owned by the tick thread. A handshake's thread reaches it by <see cref="IDtlsPath"/> alone: it sends by the way that was last
/// proved, and what it learns becomes a command. To the leg the far end is at the port's own address, for as long as it
/// lives: who may speak is settled by ICE and SRTP, and a browser that moves is no new source.
/// </remarks>
internal sealed class BrowserLane : IDatagramSocket, IDtlsPath
{
    private readonly BrowserPort _port;
    private readonly DtlsAssociation _association;
    private readonly ChannelWriter<MediaCommand> _commands;
    private readonly Source _farEnd;
    private readonly byte[] _datagram = new byte[SrtpLimits.LongestPacket];
    private Way? _way;
    private Destination? _lastProved;
    private SrtpPair? _srtp;
    private int _staged = -1;
    private bool _disposed;
    private bool _lost;

    public BrowserLane(BrowserPort port, string room, string leg, BrowserSettings settings, DtlsServer dtls, ChannelWriter<MediaCommand> commands)
    {
        (Room, Leg, RemoteUfrag) = (room, leg, settings.RemoteUfrag);
        Credentials = IceCredentials.Create();
        Local = port.EndPoints[0];
        _farEnd = Source.From(Local);
        _port = port;
        _commands = commands;
        _association = dtls.Expect(settings.Fingerprint, this);
    }

    public string Room { get; }

    public string Leg { get; }

    public IceCredentials Credentials { get; }

    public string RemoteUfrag { get; }

    public IceSession? Session { get; set; }

    /// <summary>The leg that hears what the browser says; set before the lane is added to the port.</summary>
    public PhoneLeg? Listener { get; set; }

    public IPEndPoint Local { get; }

    // It is never watched: the port hands over what comes.
    public bool Waiting => false;

    /// <summary>What its leg is told of the far end.</summary>
    public PhoneRemote FarEnd(BrowserSettings settings) => new() { Rtp = Local, RtcpMux = true, Send = settings.Send, Accept = settings.Accept };

    /// <summary>The browser has proved to be at an address; gives the form of it that answers are sent to.</summary>
    public Destination Proved(IDatagramSocket socket, Source source, TransportAddress from)
    {
        var to = _way is { } way && way.To.Source == source ? way.To : _lastProved?.Source == source ? _lastProved : _lastProved = new Destination(source.ToEndPoint());
        if (Session!.Selected == from && _way?.To != to) Volatile.Write(ref _way, new Way(socket, to, from));
        return to;
    }

    public void TakeDtls(ReadOnlySpan<byte> datagram)
    {
        if (!_association.Take(datagram)) Listener!.Counters.Drop(DropReason.Malformed);
    }

    /// <summary>Opens a datagram where it lies and hands it to the leg, which finds it in the same memory.</summary>
    public void TakeMedia(Span<byte> buffer, int length, TimeSpan now)
    {
        if (_srtp is not { } srtp)
        {
            Listener!.Counters.Drop(DropReason.NotReceiving);
            return;
        }

        var opened = srtp.Open(buffer[..length]);
        if (opened < 0)
        {
            Listener!.Counters.Drop(DropReason.Unauthentic);
            return;
        }

        _staged = opened;
        Listener!.Receive(this, buffer, now);
        _staged = -1;
    }

    public int Receive(Span<byte> buffer, out Source source)
    {
        source = _farEnd;
        var length = _staged;
        _staged = -1;
        return length;
    }

    public bool Send(ReadOnlySpan<byte> datagram, Destination destination)
    {
        // Another browser may have proved to be at that address since.
        if (_srtp is not { } srtp || _way is not { } way || Session?.Selected != way.At) return false;
        datagram.CopyTo(_datagram);
        var length = srtp.Seal(_datagram, datagram.Length);
        return length > 0 && way.Socket.Send(_datagram.AsSpan(0, length), way.To);
    }

    public void Connect(Destination peer)
    {
    }

    public void Disconnect()
    {
    }

    /// <summary>It was never added to the port: nobody shakes hands by it.</summary>
    public void Abandon() => _association.Close();

    public void Dispose()
    {
        _disposed = true;
        _port.Remove(this);
        _association.Close();
        _srtp?.Dispose();
        _srtp = null;
    }

    /// <summary>The handshake is done; voice goes both ways from now on.</summary>
    public void Begin(DtlsSrtpKeys keys, TimeSpan now)
    {
        if (_disposed || _lost) return;
        _srtp = new SrtpPair(keys);
        Volatile.Write(ref Listener!.Counters.Connected, true);
        _port.Report(MediaReportKind.BrowserConnected, this, now);
    }

    /// <summary>The association is over, and the browser with it.</summary>
    public void End(DtlsEnd end, TimeSpan now)
    {
        if (_disposed || end == DtlsEnd.ClosedByUs) return;
        Lose(end == DtlsEnd.ClosedByPeer ? MediaReportKind.BrowserLeft : MediaReportKind.BrowserRefused, now);
    }

    /// <summary>The browser is gone: it is neither heard nor sent to, until it comes again with another lane.</summary>
    public void Lose(MediaReportKind how, TimeSpan now)
    {
        if (_lost) return;
        _lost = true;
        _port.Remove(this);
        _association.Close();
        _srtp?.Dispose();
        _srtp = null;
        Volatile.Write(ref Listener!.Counters.Connected, false);
        _port.Report(how, this, now);
    }

    void IDtlsPath.Send(ReadOnlySpan<byte> datagram)
    {
        if (Volatile.Read(ref _way) is not { } way || !_port.Fence.MaySend) return;
        try
        {
            way.Socket.Send(datagram, way.To);
        }
        catch (ObjectDisposedException)
        {
            // The engine ended while the goodbye was on its way.
        }
    }

    void IDtlsPath.OnKeys(DtlsSrtpKeys keys)
    {
        // A browser that hears nothing must not look connected: it is let go, and comes again.
        if (!_commands.TryWrite(new BrowserKeyed(this, keys))) _association.Close();
    }

    void IDtlsPath.OnEnded(DtlsEnd end) => _commands.TryWrite(new BrowserEnded(this, end));

    private sealed record Way(IDatagramSocket Socket, Destination To, TransportAddress At);
}

internal sealed class BrowserKeyed(BrowserLane lane, DtlsSrtpKeys keys) : MediaCommand
{
    public override void Apply(MediaLoop loop) => lane.Begin(keys, loop.Now);
}

internal sealed class BrowserEnded(BrowserLane lane, DtlsEnd end) : MediaCommand
{
    public override void Apply(MediaLoop loop) => lane.End(end, loop.Now);
}
