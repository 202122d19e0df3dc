using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>One stream: a read loop, and a write loop that alone touches the sending side.</summary>
[SuppressMessage("Design", "CA2213", Justification = "A token source without timer holds nothing, and Close may come after the end")]
internal sealed class TcpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly SipLimits _limits;
    private readonly ISipReceiver _receiver;
    private readonly TimeProvider _time;
    private readonly SipFramer _framer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<(ReadOnlyMemory<byte> Octets, Action Failed)> _out =
        Channel.CreateUnbounded<(ReadOnlyMemory<byte>, Action)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly bool _connected;
    private int _queuedBytes;
    private long _lastActivity;
    private long _messageBegan;

    public TcpConnection(Socket socket, IPEndPoint remote, bool connected, SipLimits limits, ISipReceiver receiver, TimeProvider time)
    {
        _socket = socket;
        Remote = remote;
        _connected = connected;
        _limits = limits;
        _receiver = receiver;
        _time = time;
        _framer = new SipFramer(limits);
        _lastActivity = time.GetTimestamp();
    }

    public IPEndPoint Remote { get; }

    /// <summary>Runs until the stream ends, then fails what was not written.</summary>
    public async Task RunAsync()
    {
        var writing = Task.CompletedTask;
        try
        {
            if (!_connected) await ConnectAsync();
            writing = WriteAsync();
            await ReadAsync();
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer went away, or we are closing; what still waits is reported below.
            await _stop.CancelAsync();
        }

        _out.Writer.TryComplete();
        await writing;
        while (_out.Reader.TryRead(out var waiting)) waiting.Failed();
    }

    /// <summary>Queues octets; false when the stream has ended or its peer reads too slowly, and the stream is then closed.</summary>
    public bool TrySend(ReadOnlyMemory<byte> octets, Action failed)
    {
        if (Interlocked.Add(ref _queuedBytes, octets.Length) > _limits.TcpSendQueueBytes)
        {
            Close();
            return false;
        }

        return _out.Writer.TryWrite((octets, failed));
    }

    /// <summary>Closes a stream that was silent too long, or that began a message and does not finish it.</summary>
    public void CloseIfStale()
    {
        var began = Volatile.Read(ref _messageBegan);
        if (_time.GetElapsedTime(Volatile.Read(ref _lastActivity)) > _limits.TcpIdle
            || (began != 0 && _time.GetElapsedTime(began) > _limits.TcpMessage)) Close();
    }

    public void Close()
    {
        _out.Writer.TryComplete();
        _stop.Cancel();
    }

    /// <summary>Only after <see cref="RunAsync"/> has ended.</summary>
    public void Dispose() => _socket.Dispose();

    private async Task ConnectAsync()
    {
        using var deadline = new CancellationTokenSource(_limits.TcpConnect, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop.Token);
        await _socket.ConnectAsync(Remote, both.Token);
    }

    private async Task ReadAsync()
    {
        var local = (IPEndPoint)_socket.LocalEndPoint!;
        var source = new SipSource(SipTransportKind.Tcp, Remote, local);
        var buffer = new byte[8192];
        while (true)
        {
            var length = await _socket.ReceiveAsync(buffer, SocketFlags.None, _stop.Token);
            if (length == 0) return;
            _framer.Append(buffer.AsSpan(0, length));
            if (!Deliver(source)) return;
            Volatile.Write(ref _lastActivity, _time.GetTimestamp());
            if (!_framer.IsInside) Volatile.Write(ref _messageBegan, 0);
            else if (_messageBegan == 0) Volatile.Write(ref _messageBegan, _time.GetTimestamp());
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
                TrySend("\r\n"u8.ToArray(), static () => { });
                continue;
            }

            Volatile.Write(ref _messageBegan, 0);
            _receiver.OnMessage(frame, source);
            if (kind == SipFrameKind.Broken) return false;
        }
    }

    private async Task WriteAsync()
    {
        await foreach (var (octets, failed) in _out.Reader.ReadAllAsync())
        {
            try
            {
                for (var rest = octets; !rest.IsEmpty;)
                {
                    rest = rest[await _socket.SendAsync(rest, SocketFlags.None, _stop.Token)..];
                }
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException)
            {
                failed();
                Close();
                return;
            }

            Interlocked.Add(ref _queuedBytes, -octets.Length);
        }
    }
}
