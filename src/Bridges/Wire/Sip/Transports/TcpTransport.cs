using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>The TCP listener and all streams, found by their peer so that each is used again (RFC 3261 section 18).</summary>
internal sealed class TcpTransport(Socket listener, SipLimits limits, ISipReceiver receiver, TimeProvider time, SipMetrics metrics, ILogger log)
    : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<IPEndPoint, TcpConnection> _connections = new();
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _opening = new();
    private Task _accepting = Task.CompletedTask;
    private ITimer? _sweep;

    public void Start()
    {
        _accepting = Task.Run(AcceptAsync);
        _sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    public bool IsConnected(IPEndPoint remote) => _connections.ContainsKey(remote);

    public bool TrySend(ReadOnlyMemory<byte> octets, IPEndPoint remote, Action failed)
    {
        if (_connections.TryGetValue(remote, out var known)) return known.TrySend(octets, failed);
        lock (_opening)
        {
            if (_stop.IsCancellationRequested) return false;
            if (!_connections.TryGetValue(remote, out known))
            {
                if (_connections.Count >= limits.TcpConnections)
                {
                    metrics.Dropped("tcp_connection_limit");
                    return false;
                }

                known = Open(new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp), remote, connected: false);
            }
        }

        return known.TrySend(octets, failed);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_opening) _stop.Cancel();
        listener.Dispose();
        if (_sweep is not null) await _sweep.DisposeAsync();
        await _accepting;
        foreach (var connection in _connections.Values) connection.Close();
        await Task.WhenAll(_running.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Admit(await listener.AcceptAsync(_stop.Token));
            }
            catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException failure)
            {
                SipLog.SocketFailed(log, failure.SocketErrorCode.ToString());
            }
        }
    }

    private void Admit(Socket socket)
    {
        lock (_opening)
        {
            if (_connections.Count >= limits.TcpConnections || socket.RemoteEndPoint is not IPEndPoint remote)
            {
                metrics.Dropped("tcp_connection_limit");
                socket.Dispose();
                return;
            }

            Open(socket, remote, connected: true);
        }
    }

    private TcpConnection Open(Socket socket, IPEndPoint remote, bool connected)
    {
        socket.NoDelay = true;
        var connection = new TcpConnection(socket, remote, connected, limits, receiver, time);
        _connections[remote] = connection;
        var run = Task.Run(() => RunAsync(connection));
        _running.TryAdd(run, 0);
        _ = run.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return connection;
    }

    private async Task RunAsync(TcpConnection connection)
    {
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            _connections.TryRemove(new KeyValuePair<IPEndPoint, TcpConnection>(connection.Remote, connection));
            connection.Dispose();
        }
    }

    private void Sweep()
    {
        foreach (var connection in _connections.Values) connection.CloseIfStale();
    }
}
