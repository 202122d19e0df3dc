using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Interop.Bridges.Wire.Sip.Tls;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>One stream, plain or encrypted: a read loop, and a write loop that alone touches the sending side.</summary>
[SuppressMessage("Design", "CA2213", Justification = "A token source without timer holds nothing, and Close may come after the end")]
internal sealed class StreamConnection : IDisposable
{
    /// <summary>RFC 5626 section 4.4.1.</summary>
    public static readonly byte[] PingOctets = "\r\n\r\n"u8.ToArray();

    private static readonly byte[] PongOctets = "\r\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly SocketContext _context;
    private readonly SipFramer _framer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<(ReadOnlyMemory<byte> Octets, Action Failed)> _out =
        Channel.CreateUnbounded<(ReadOnlyMemory<byte>, Action)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly bool _accepted;
    private readonly ITimer _pongDue;
    private int _queuedBytes;
    private long _lastActivity;
    private long _messageBegan;
    private volatile bool _unanswered;

    /// <param name="socket">Connected when it was accepted.</param>
    /// <param name="peer">The other end; its server name is what its certificate must be for.</param>
    /// <param name="accepted">Whether the peer opened it.</param>
    /// <param name="context">What all streams of a listener share.</param>
    public StreamConnection(Socket socket, SipDestination peer, bool accepted, SocketContext context)
    {
        _socket = socket;
        Peer = peer;
        _accepted = accepted;
        _context = context;
        _framer = new SipFramer(context.Limits);
        _lastActivity = context.Time.GetTimestamp();
        _pongDue = context.Time.CreateTimer(_ => CloseIfUnanswered(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public SipDestination Peer { get; }

    /// <summary>Under which addresses it is found besides; its transport's, under that one's lock.</summary>
    public List<SipDestination> Aliases { get; } = [];

    private IPEndPoint Remote => Peer.EndPoint;

    /// <summary>Runs until the stream ends, then fails what was not written.</summary>
    public async Task RunAsync()
    {
        var writing = Task.CompletedTask;
        Stream? stream = null;
        try
        {
            _socket.NoDelay = true;
            if (!_accepted) await ConnectAsync();
            (stream, var certificate) = await SecureAsync(new NetworkStream(_socket, ownsSocket: false));
            if (stream is not null)
            {
                writing = WriteAsync(stream);
                await ReadAsync(stream, certificate);
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            // The peer went away, or we are closing; what still waits is reported below.
        }

        await _stop.CancelAsync();
        _out.Writer.TryComplete();
        await writing;
        while (_out.Reader.TryRead(out var waiting)) waiting.Failed();
        if (stream is not null) await stream.DisposeAsync();
    }

    /// <summary>Queues octets; false when the stream has ended or its peer reads too slowly, and the stream is then closed.</summary>
    public bool TrySend(ReadOnlyMemory<byte> octets, Action failed)
    {
        if (Interlocked.Add(ref _queuedBytes, octets.Length) > _context.Limits.TcpSendQueueBytes)
        {
            Close();
            return false;
        }

        return _out.Writer.TryWrite((octets, failed));
    }

    /// <summary>Asks the peer for a sign of life, and closes the stream if none comes in time.</summary>
    public void Ping()
    {
        _framer.ExpectPong();
        _unanswered = true;
        if (TrySend(PingOctets, static () => { })) _pongDue.Change(_context.Limits.Pong, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Closes a stream that was silent too long, or that began a message and does not finish it.</summary>
    public void CloseIfStale()
    {
        var (time, limits) = (_context.Time, _context.Limits);
        var began = Volatile.Read(ref _messageBegan);
        if (time.GetElapsedTime(Volatile.Read(ref _lastActivity)) > limits.TcpIdle
            || (began != 0 && time.GetElapsedTime(began) > limits.TcpMessage)) Close();
    }

    public void Close()
    {
        _out.Writer.TryComplete();
        _stop.Cancel();
    }

    /// <summary>Only after <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _pongDue.Dispose();
        _socket.Dispose();
    }

    /// <summary>Any octet is as good as the line break of a pong.</summary>
    private void CloseIfUnanswered()
    {
        if (!_unanswered) return;
        _context.Metrics.Dropped("pong_missing");
        Close();
    }

    private static bool IsEnd(Exception failure) =>
        failure is SocketException or IOException or OperationCanceledException or ObjectDisposedException;

    private async Task ConnectAsync()
    {
        using var deadline = new CancellationTokenSource(_context.Limits.TcpConnect, _context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop.Token);
        await _socket.ConnectAsync(Remote, both.Token);
    }

    /// <summary>The stream to speak SIP on; none when the handshake failed, which then was said and counted.</summary>
    private async Task<(Stream? Stream, SipPeerCertificate? Certificate)> SecureAsync(NetworkStream plain)
    {
        if (_context.Tls is not { } tls) return (plain, null);
        if (_context.Quota.TryBeginHandshake(Remote.Address) is { } limit)
        {
            _context.Metrics.Dropped(limit);
            await plain.DisposeAsync();
            return (null, null);
        }

        try
        {
            using var deadline = new CancellationTokenSource(_context.Limits.TlsHandshake, _context.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop.Token);
            var outcome = _accepted
                ? await tls.AcceptAsync(plain, both.Token)
                : await tls.ConnectAsync(plain, Peer.ServerName ?? Remote.Address.ToString(), both.Token);
            _context.Metrics.Handshake(outcome.Failure is null);
            if (outcome.Failure is { } reason) SipLog.HandshakeFailed(_context.Log, Remote, reason);
            return (outcome.Stream, outcome.Certificate);
        }
        finally
        {
            _context.Quota.EndHandshake(Remote.Address);
        }
    }

    private async Task ReadAsync(Stream stream, SipPeerCertificate? certificate)
    {
        var time = _context.Time;
        var source = new SipSource(Peer.Transport, Remote, (IPEndPoint)_socket.LocalEndPoint!) { Certificate = certificate };
        var buffer = new byte[8192];
        while (true)
        {
            var length = await stream.ReadAsync(buffer, _stop.Token);
            if (length == 0) return;
            _unanswered = false;
            _framer.Append(buffer.AsSpan(0, length));
            if (!Deliver(source)) return;
            Volatile.Write(ref _lastActivity, time.GetTimestamp());
            if (!_framer.IsInside) Volatile.Write(ref _messageBegan, 0);
            else if (_messageBegan == 0) Volatile.Write(ref _messageBegan, time.GetTimestamp());
        }
    }

    private bool Deliver(SipSource source)
    {
        while (true)
        {
            var kind = _framer.Next(out var frame);
            if (kind == SipFrameKind.Incomplete) return true;
            if (kind == SipFrameKind.Ping)
            {
                TrySend(PongOctets, static () => { });
                continue;
            }

            Volatile.Write(ref _messageBegan, 0);
            _context.Receiver.OnMessage(frame, source);
            if (kind == SipFrameKind.Broken) return false;
        }
    }

    private async Task WriteAsync(Stream stream)
    {
        await foreach (var (octets, failed) in _out.Reader.ReadAllAsync())
        {
            try
            {
                await stream.WriteAsync(octets, _stop.Token);
            }
            catch (Exception failure) when (IsEnd(failure))
            {
                failed();
                Close();
                return;
            }

            Interlocked.Add(ref _queuedBytes, -octets.Length);
        }
    }
}
