using Org.BouncyCastle.Tls;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>The records of one association, between whoever reads the socket and the thread that waits for them.</summary>
/// <remarks>Bounded: one more than <see cref="Most"/> is lost, as on any network, and sent again.</remarks>
internal sealed class DtlsDatagrams(IDtlsPath path) : DatagramTransport
{
    /// <summary>A flight of a browser is some six records; a second one may be on its heels.</summary>
    public const int Most = 32;

    /// <summary>The longest datagram that is taken.</summary>
    public const int Longest = 2048;

    // Below every MTU that is met, tunnels included.
    private const int SendLimit = 1200;

    // A monitor and not a Lock: the handshake's thread waits on it.
    private readonly object _gate = new();
    private readonly Queue<byte[]> _waiting = new();
    private bool _stopped;

    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _waiting.Count == 0;
        }
    }

    public bool TryPut(ReadOnlySpan<byte> datagram)
    {
        lock (_gate)
        {
            if (datagram.Length > Longest || _waiting.Count == Most) return false;
            _waiting.Enqueue(datagram.ToArray());
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Breaks off a handshake: whoever waits, or begins to, waits in vain.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }
    }

    public int GetReceiveLimit() => Longest;

    public int GetSendLimit() => SendLimit;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    public int Receive(Span<byte> buffer, int waitMillis)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_stopped) Monitor.Wait(_gate, Math.Max(1, waitMillis));
            if (_stopped) throw new TlsFatalAlert(AlertDescription.user_canceled);
            if (!_waiting.TryDequeue(out var datagram)) return -1;
            var length = Math.Min(datagram.Length, buffer.Length);
            datagram.AsSpan(0, length).CopyTo(buffer);
            return length;
        }
    }

    public void Send(byte[] buf, int off, int len) => path.Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer) => path.Send(buffer);

    public void Close()
    {
    }
}
