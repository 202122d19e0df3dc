using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>What a radio gateway sends, for each leg that stands for its channel: several rooms may listen to one.</summary>
/// <remarks>
/// A unicast address can be bound once, so legs that receive at the same one share the socket. How many there are is counted
/// where legs are opened and closed, under the directory's lock; who listens is the tick thread's. Nobody joins a reception
/// whose count came to nothing, and whoever leaves last after that gives the socket back.
/// </remarks>
internal sealed class RadioReception(IDatagramSocket socket) : IReceiver, IDisposable
{
    private readonly List<RadioLeg> _listeners = [];
    private int _legs = 1;

    public IDatagramSocket Socket => socket;

    /// <summary>One more leg was opened.</summary>
    public void Hold() => Interlocked.Increment(ref _legs);

    /// <summary>A leg was closed; true when it was the last.</summary>
    public bool LetGo() => Interlocked.Decrement(ref _legs) == 0;

    /// <summary>Tick thread: true when it is the first to listen, so that the socket has to be watched from now on.</summary>
    public bool Join(RadioLeg leg)
    {
        _listeners.Add(leg);
        return _listeners.Count == 1;
    }

    /// <summary>Tick thread: true when nobody listens any more.</summary>
    public bool Leave(RadioLeg leg) => _listeners.Remove(leg) && _listeners.Count == 0;

    /// <summary>Tick thread: gives the socket back where no leg needs it any more.</summary>
    public void End()
    {
        if (_listeners.Count == 0 && Volatile.Read(ref _legs) <= 0) Dispose();
    }

    public void Receive(IDatagramSocket from, Span<byte> buffer, TimeSpan now)
    {
        var length = from.Receive(buffer, out _);
        if (length < 0) return;
        for (var i = 0; i < _listeners.Count; i++) _listeners[i].Take(buffer[..length], now);
    }

    public void Dispose() => socket.Dispose();
}
