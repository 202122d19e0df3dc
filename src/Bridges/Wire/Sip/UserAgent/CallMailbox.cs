namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Calls the application for one call: one job after the other, on the thread pool, from the moment it is opened.</summary>
internal sealed class CallMailbox(int limit, Action<Exception> failed)
{
    private readonly Queue<Func<ValueTask>> _jobs = new();
    private readonly Lock _lock = new();
    private bool _open;
    private bool _running;

    public void Open()
    {
        lock (_lock) _open = true;
        Wake();
    }

    /// <summary>Queues a job that a peer caused; false when too many wait.</summary>
    public bool TryPost(Func<ValueTask> job)
    {
        lock (_lock)
        {
            if (_jobs.Count >= limit) return false;
            _jobs.Enqueue(job);
        }

        Wake();
        return true;
    }

    /// <summary>Queues a job that must not be lost.</summary>
    public void Post(Func<ValueTask> job)
    {
        lock (_lock) _jobs.Enqueue(job);
        Wake();
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (!_open || _running || _jobs.Count == 0) return;
            _running = true;
        }

        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            Func<ValueTask>? job;
            lock (_lock)
            {
                _running = _jobs.TryDequeue(out job);
                if (!_running) return;
            }

            try
            {
                await job!();
            }
            catch (Exception failure)
            {
                failed(failure);
            }
        }
    }
}
