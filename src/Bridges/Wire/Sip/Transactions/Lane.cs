using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>One queue and one worker for everything that belongs to a share of the Call-IDs.</summary>
/// <remarks>
/// All transactions and dialogs of a call live in one lane and are touched by its worker only: their order is the order of
/// arrival and they need no lock. What blocks here blocks other calls, so the application is never called from a lane.
/// </remarks>
internal sealed class Lane : IAsyncDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentQueue<Action> _strangers = new();
    private readonly SipLimits _limits;
    private readonly Task _worker;
    private int _received;
    private int _strange;

    public Lane(TimeProvider time, ILogger log, SipLimits limits)
    {
        _time = time;
        _log = log;
        _limits = limits;
        _worker = Task.Run(RunAsync);
    }

    public TimeProvider Time => _time;

    /// <summary>Queues our own work, which is bounded by what it serves.</summary>
    public void Post(Action work) => _work.Writer.TryWrite(work);

    /// <summary>Runs work here and hands its result to whoever waits elsewhere.</summary>
    public Task<T> InvokeAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    /// <summary>Queues what belongs to a call, or settles one; false when too much of it waits already.</summary>
    public bool TryPostReceived(Action work)
    {
        if (Interlocked.Increment(ref _received) > _limits.LaneBacklog)
        {
            Interlocked.Decrement(ref _received);
            return false;
        }

        return _work.Writer.TryWrite(() =>
        {
            Interlocked.Decrement(ref _received);
            work();
        });
    }

    /// <summary>Queues what a stranger sent: it waits until nothing of a call does, however many strangers there are.</summary>
    public bool TryPostStranger(Action work)
    {
        if (Interlocked.Increment(ref _strange) > _limits.StrangerBacklog)
        {
            Interlocked.Decrement(ref _strange);
            return false;
        }

        _strangers.Enqueue(work);
        return _work.Writer.TryWrite(static () => { });
    }

    /// <summary>Runs the work in this lane after that time, unless the timer is stopped before the work begins.</summary>
    public LaneTimer Schedule(TimeSpan due, Action work)
    {
        var timer = new LaneTimer(this, work);
        timer.Start(_time, due);
        return timer;
    }

    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _worker;
    }

    private async Task RunAsync()
    {
        while (await _work.Reader.WaitToReadAsync())
        {
            while (TryNext(out var work)) Run(work);
        }
    }

    private bool TryNext([NotNullWhen(true)] out Action? work)
    {
        if (_work.Reader.TryRead(out work)) return true;
        if (!_strangers.TryDequeue(out work)) return false;
        Interlocked.Decrement(ref _strange);
        return true;
    }

    private void Run(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure)
        {
            SipLog.LaneFailed(_log, failure);
        }
    }
}

/// <summary>A timer whose work runs in its lane; stopping it there is certain, even when it has already fired.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Stop disposes the timer; timers are stopped by events, not by an owner's end")]
internal sealed class LaneTimer(Lane lane, Action work)
{
    private ITimer? _timer;
    private bool _stopped;

    public void Start(TimeProvider time, TimeSpan due) =>
        _timer = time.CreateTimer(static state => ((LaneTimer)state!).Fire(), this, due, Timeout.InfiniteTimeSpan);

    public void Stop()
    {
        _stopped = true;
        _timer?.Dispose();
    }

    private void Fire() => lane.Post(() =>
    {
        if (_stopped) return;
        Stop();
        work();
    });
}
