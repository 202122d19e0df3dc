namespace Interop.Bridges.Sip.Routes;

/// <summary>How long phones may ring, from the first sign of life of any of them.</summary>
/// <remarks>A phone that gives none is not rung, and ends with its transaction's 408. A sign may still come when all is over.</remarks>
internal sealed class RingPatience(TimeSpan ringTime, TimeProvider time, Action over) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _ended;

    /// <summary>Whether they rang for their time.</summary>
    public bool IsOver { get; private set; }

    /// <summary>It rings.</summary>
    public void Begin()
    {
        lock (_gate)
            if (!_ended)
                _timer ??= time.CreateTimer(_ => End(), null, ringTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        lock (_gate)
            _ended = true;
        _timer?.Dispose();
    }

    private void End()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            IsOver = true;
        }

        over();
    }
}
