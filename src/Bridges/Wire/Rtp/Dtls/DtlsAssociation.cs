using Org.BouncyCastle.Tls;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>One peer's DTLS, of which SRTP takes the keys: a handshake, then nothing, then a goodbye.</summary>
/// <remarks>
/// The library's handshake blocks, so it has a thread of its own for as long as it lasts. What comes after it is a last flight
/// that got lost or the goodbye, and is read in the pool when it comes. Safe from any thread.
/// </remarks>
public sealed class DtlsAssociation : IThreadPoolWorkItem
{
    // A lost last flight is asked for once a second; more is somebody who wants to keep us busy.
    private const int RecordsPerSecond = 20;

    private readonly DtlsServer _server;
    private readonly IDtlsPath _path;
    private readonly SrtpServerPeer _peer;
    private readonly DtlsDatagrams _datagrams;
    private readonly byte[] _scratch = new byte[2048];
    private DtlsTransport? _transport;
    private volatile State _state;
    private volatile bool _closing;
    private int _wakes;
    private long _secondEnds;
    private int _thisSecond;
    private int _ended;

    internal DtlsAssociation(DtlsServer server, SrtpServerPeer peer, IDtlsPath path)
    {
        _server = server;
        _peer = peer;
        _path = path;
        _datagrams = new DtlsDatagrams(path);
    }

    private enum State
    {
        Expecting,
        Shaking,
        Established,
        Over,
    }

    /// <summary>Takes a datagram of the peer; the caller has seen to it that it came from where the peer has proved to be.</summary>
    /// <returns>False when something of it was not taken: no record, not the beginning of a handshake, or too much at once.</returns>
    public bool Take(ReadOnlySpan<byte> datagram)
    {
        while (!datagram.IsEmpty)
            if (!DtlsRecord.TryTake(ref datagram, out var record) || !TakeRecord(record)) return false;
        return true;
    }

    /// <summary>Says goodbye, or breaks the handshake off.</summary>
    public void Close()
    {
        _closing = true;
        if (_state == State.Expecting) End(DtlsEnd.ClosedByUs);
        if (_state == State.Established) Wake();
        if (_state == State.Shaking) _datagrams.Stop();
    }

    /// <summary>Reads what came after the handshake. The pool calls it, once at a time.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _wakes);
            Work();
        }
        while (Interlocked.Add(ref _wakes, -seen) > 0);
    }

    private bool TakeRecord(ReadOnlySpan<byte> record)
    {
        switch (_state)
        {
            case State.Expecting:
                return DtlsRecord.IsClientHello(record) && _server.TryBegin() && Begin(record);
            case State.Shaking:
                return _datagrams.TryPut(record);
            case State.Established when IsWithinRate():
                if (!_datagrams.TryPut(record)) return false;
                Wake();
                return true;
            default:
                return false;
        }
    }

    private bool Begin(ReadOnlySpan<byte> record)
    {
        _state = State.Shaking;
        _datagrams.TryPut(record);
        new Thread(Shake, maxStackSize: 512 * 1024) { IsBackground = true, Name = "dtls handshake" }.Start();
        return true;
    }

    private void Shake()
    {
        try
        {
            _transport = new DtlsServerProtocol().Accept(_peer, _datagrams);
            _path.OnKeys(_peer.Keys!);
            _state = State.Established;
            Wake();
        }
        catch (TlsTimeoutException)
        {
            End(DtlsEnd.TimedOut);
        }
        catch (IOException)
        {
            // The library's word for every broken handshake: whatever a peer may send ends here.
            End(_closing ? DtlsEnd.ClosedByUs : _peer.Cause);
        }
        finally
        {
            _server.Ended();
        }
    }

    private void Work()
    {
        if (_state != State.Established) return;
        try
        {
            if (_closing) _transport!.Close();
            while (!_closing && !_peer.IsClosed && !_datagrams.IsEmpty) _transport!.Receive(_scratch, 0, _scratch.Length, waitMillis: 1);
            if (_peer.IsClosed) _transport!.Close();
        }
        catch (IOException)
        {
            End(_peer.IsClosed ? DtlsEnd.ClosedByPeer : DtlsEnd.Failed);
            return;
        }

        if (_closing) End(DtlsEnd.ClosedByUs);
        else if (_peer.IsClosed) End(DtlsEnd.ClosedByPeer);
    }

    private void Wake()
    {
        if (Interlocked.Increment(ref _wakes) == 1) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void End(DtlsEnd end)
    {
        _state = State.Over;
        if (Interlocked.Exchange(ref _ended, 1) == 0) _path.OnEnded(end);
    }

    private bool IsWithinRate()
    {
        var now = Environment.TickCount64;
        if (now >= _secondEnds) (_secondEnds, _thisSecond) = (now + 1000, 0);
        return ++_thisSecond <= RecordsPerSecond;
    }
}
