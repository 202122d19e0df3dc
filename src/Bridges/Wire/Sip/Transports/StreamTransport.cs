using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>One listener of TCP or TLS and all its streams, found by their peer so that each is used again (RFC 3261 section 18).</summary>
internal sealed class StreamTransport(SipTransportKind kind, Socket listener, SocketContext context) : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    /// <summary>A peer has one address for each of its listeners, and few of these.</summary>
    private const int AliasesMost = 4;

    private readonly ConcurrentDictionary<StreamKey, StreamConnection> _connections = new();
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _opening = new();
    private Task _accepting = Task.CompletedTask;
    private ITimer? _sweep;

    /// <summary>The address and port listened on.</summary>
    public IPEndPoint Local { get; } = (IPEndPoint)listener.LocalEndPoint!;

    /// <summary>Streams whose task has not ended.</summary>
    public int Running => _running.Count;

    public void Start()
    {
        _accepting = Task.Run(AcceptAsync);
        _sweep = context.Time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>The open stream to that peer, under the name that it has proved or was accepted with.</summary>
    public StreamConnection? Find(SipDestination destination) => _connections.GetValueOrDefault(StreamKey.Of(destination));

    /// <summary>Lets an open stream be found under another address of its peer, too.</summary>
    public void Alias(SipDestination peer, SipDestination alias)
    {
        lock (_opening)
        {
            if (Find(peer) is not { } open || open.Aliases.Count >= AliasesMost || Find(alias) is not null) return;
            open.Aliases.Add(alias);
            _connections[StreamKey.Of(alias)] = open;
        }
    }

    public bool TrySend(ReadOnlyMemory<byte> octets, SipDestination destination, Action failed)
    {
        if (Find(destination) is { } known) return known.TrySend(octets, failed);
        lock (_opening)
        {
            if (_stop.IsCancellationRequested) return false;
            known = Find(destination);
            if (known is null)
            {
                if (TrySocket(destination.EndPoint) is not { } socket) return false;
                known = Open(socket, destination, accepted: false);
            }
        }

        return known.TrySend(octets, failed);
    }

    /// <summary>Gives the port back before anything was started.</summary>
    public void Abandon() => listener.Dispose();

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
                SipLog.SocketFailed(context.Log, failure.SocketErrorCode.ToString());
            }
        }
    }

    private void Admit(Socket socket)
    {
        lock (_opening)
        {
            if (socket.RemoteEndPoint is not IPEndPoint remote || !Admits(remote.Address))
            {
                socket.Dispose();
                return;
            }

            Open(socket, new SipDestination(kind, remote), accepted: true);
        }
    }

    private Socket? TrySocket(IPEndPoint remote)
    {
        if (!Admits(remote.Address)) return null;
        try
        {
            return new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        }
        catch (SocketException failure)
        {
            context.Quota.Return(remote.Address);
            SipLog.SocketFailed(context.Log, failure.SocketErrorCode.ToString());
            return null;
        }
    }

    private bool Admits(IPAddress peer)
    {
        var limit = context.Quota.TryTake(peer);
        if (limit is not null) context.Metrics.Dropped(limit);
        return limit is null;
    }

    private StreamConnection Open(Socket socket, SipDestination peer, bool accepted)
    {
        var connection = new StreamConnection(socket, peer, accepted, context);
        _connections[StreamKey.Of(peer)] = connection;
        var run = Task.Run(() => RunAsync(connection));
        _running.TryAdd(run, 0);
        _ = run.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return connection;
    }

    private async Task RunAsync(StreamConnection connection)
    {
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            Forget(connection);
            connection.Dispose();
            context.Quota.Return(connection.Peer.EndPoint.Address);
            context.Lost(connection.Peer);
        }
    }

    private void Forget(StreamConnection connection)
    {
        lock (_opening)
        {
            foreach (var name in (IReadOnlyList<SipDestination>)[connection.Peer, .. connection.Aliases])
            {
                _connections.TryRemove(new KeyValuePair<StreamKey, StreamConnection>(StreamKey.Of(name), connection));
            }
        }
    }

    private void Sweep()
    {
        foreach (var connection in _connections.Values) connection.CloseIfStale();
    }

    /// <summary>A stream that proved one domain does not stand for another at the same address (RFC 5922 section 7.3).</summary>
    private readonly record struct StreamKey(IPEndPoint Remote, string ServerName)
    {
        public static StreamKey Of(SipDestination destination) =>
            new(destination.EndPoint, destination.Transport == SipTransportKind.Tls ? destination.ServerName?.ToLowerInvariant() ?? "" : "");
    }
}
