using System.Net;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>
/// Who did not answer of late. It is tried after the others, as each try over UDP costs a caller 32 s. Safe from any thread.
/// </summary>
internal sealed class FailedTargets(TimeProvider time)
{
    private const int Remembered = 1000;

    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<(SipTransportKind Transport, IPEndPoint EndPoint), long> _failed = [];

    public void Remember(SipDestination destination)
    {
        lock (_lock)
        {
            if (_failed.Count >= Remembered) _failed.Clear();
            _failed[(destination.Transport, destination.EndPoint)] = time.GetTimestamp();
        }
    }

    public bool Contains(SipDestination destination)
    {
        lock (_lock)
        {
            var key = (destination.Transport, destination.EndPoint);
            if (!_failed.TryGetValue(key, out var since)) return false;
            if (time.GetElapsedTime(since) < RememberedFor) return true;
            _failed.Remove(key);
            return false;
        }
    }
}
