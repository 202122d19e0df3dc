namespace Interop.Bridges.Media.Sockets;

/// <summary>Who is given what arrives at a watched socket.</summary>
internal interface IReceiver
{
    /// <summary>Takes the next datagram of <paramref name="socket"/>; <paramref name="buffer"/> is scratch memory.</summary>
    void Receive(IDatagramSocket socket, Span<byte> buffer, TimeSpan now);
}

/// <summary>A socket, and whom its datagrams are for.</summary>
internal readonly record struct Watched(IDatagramSocket Socket, IReceiver Receiver);

/// <summary>Tells which of many sockets have something to receive. One owner.</summary>
internal interface ISocketWatch : IDisposable
{
    /// <summary>Watches a socket from now on.</summary>
    void Add(IDatagramSocket socket, IReceiver receiver);

    /// <summary>Must come before the socket is closed: its number may be another socket's right after.</summary>
    void Remove(IDatagramSocket socket);

    /// <summary>Those that have something now; valid until the next call, before which each of them has to be asked for it.</summary>
    ReadOnlySpan<Watched> Ready();
}

/// <summary>Asks each socket in turn, where the system cannot be asked for all of them at once.</summary>
internal sealed class EachInTurn : ISocketWatch
{
    private readonly List<Watched> _watched = [];
    private Watched[] _ready = new Watched[16];

    public void Add(IDatagramSocket socket, IReceiver receiver)
    {
        _watched.Add(new Watched(socket, receiver));
        if (_watched.Count > _ready.Length) Array.Resize(ref _ready, 2 * _ready.Length);
    }

    public void Remove(IDatagramSocket socket)
    {
        for (var i = 0; i < _watched.Count; i++)
        {
            if (_watched[i].Socket != socket) continue;
            _watched.RemoveAt(i);
            return;
        }
    }

    public ReadOnlySpan<Watched> Ready()
    {
        var count = 0;
        for (var i = 0; i < _watched.Count; i++)
            if (_watched[i].Socket.Waiting) _ready[count++] = _watched[i];
        return _ready.AsSpan(0, count);
    }

    public void Dispose()
    {
    }
}
