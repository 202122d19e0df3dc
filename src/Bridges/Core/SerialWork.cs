using System.Diagnostics.CodeAnalysis;

namespace Interop.Bridges.Core;

/// <summary>Does one job after the other on the thread pool, in the order in which they came, and is nothing but a queue while there is none.</summary>
/// <remarks>A leg has several: a loop that waits in a channel would be a dozen objects for each, which every collection carries along.</remarks>
/// <param name="longest">The most jobs that may wait before <see cref="TryAdd"/> refuses.</param>
/// <param name="failed">Told of a job that threw; the next one is done all the same.</param>
public sealed class SerialWork(int longest, Action<Exception> failed)
{
    private readonly Queue<Func<Task>> _jobs = new();
    private bool _running;
    private bool _closed;

    /// <summary>Queues a job; false when too many wait, or when it is closed.</summary>
    public bool TryAdd(Func<Task> job) => Add(job, longest);

    /// <summary>Queues a job that must not be lost, however many wait; false only when it is closed.</summary>
    public bool Add(Func<Task> job) => Add(job, int.MaxValue);

    /// <summary>Takes no job any more; what waits is still done, and after it the last one. Nothing happens the second time.</summary>
    public void Close(Func<Task>? last = null)
    {
        lock (_jobs)
        {
            if (_closed) return;
            _closed = true;
            if (last is null) return;
            _jobs.Enqueue(last);
            if (!Begins()) return;
        }

        _ = Task.Run(RunAsync);
    }

    private bool Add(Func<Task> job, int most)
    {
        lock (_jobs)
        {
            if (_closed || _jobs.Count >= most) return false;
            _jobs.Enqueue(job);
            if (!Begins()) return true;
        }

        _ = Task.Run(RunAsync);
        return true;
    }

    private bool Begins() => !_running && (_running = true);

    private async Task RunAsync()
    {
        while (TryNext(out var job))
            try
            {
                await job();
            }
            catch (Exception failure)
            {
                failed(failure);
            }
    }

    private bool TryNext([NotNullWhen(true)] out Func<Task>? job)
    {
        lock (_jobs) return _running = _jobs.TryDequeue(out job);
    }
}
