using System.Threading.Channels;
using Interop.Hub.Grains.Observability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Interop.Hub.Grains.Journal;

/// <summary>The one writer of this process: what waits shares a commit, and so a flush to the disk.</summary>
/// <remarks>
/// It has a thread of its own: a flush blocks, and on a small machine the pool would be left with one worker for as long.
/// A write that fails is undone alone. When the commit itself fails, all of its writes fail, and the connection is
/// opened anew. The queue is bounded: when it is full, callers wait up to their deadline and then fail.
/// </remarks>
internal sealed partial class GroupCommit : IAsyncDisposable
{
    private readonly Channel<PendingWrite> queue;
    private readonly JournalOptions options;
    private readonly TimeProvider clock;
    private readonly HubMetrics metrics;
    private readonly ILogger log;
    private readonly Task running;
    private readonly Checkpoints checkpoints;
    private JournalSession? session;

    public GroupCommit(IOptions<JournalOptions> options, TimeProvider clock, HubMetrics metrics, ILogger<GroupCommit> log)
    {
        this.options = options.Value;
        this.clock = clock;
        this.metrics = metrics;
        this.log = log;
        queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(this.options.QueueLength) { SingleReader = true });
        // Opened here, so that a file that cannot be used stops the start and not the first call.
        session = new JournalSession(this.options.File);
        checkpoints = new Checkpoints(this.options.File, log);
        running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Queues a write and waits until its commit returned.</summary>
    /// <exception cref="TimeoutException">Not done by the deadline; it may still have been written.</exception>
    public async Task<T> Write<T>(Func<JournalSession, T> write, CancellationToken cancel)
    {
        var pending = new PendingWrite<T>(write);
        using var deadline = new CancellationTokenSource(options.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            await queue.Writer.WriteAsync(pending, either.Token);
            return await pending.Done.WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (!pending.Done.IsCompleted)
        {
            var withdrawn = pending.TryTake();
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException(
                withdrawn
                    ? $"The journal did not come to this write within {options.Deadline}; it was not written."
                    : $"The journal did not finish this write within {options.Deadline}; it may have been written.",
                exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await running;
        await checkpoints.DisposeAsync();
        session?.Dispose();
    }

    private void Run()
    {
        var batch = new List<PendingWrite>(options.BatchSize);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < options.BatchSize && queue.Reader.TryRead(out var write))
                if (write.TryTake())
                    batch.Add(write);
            if (batch.Count > 0)
                Commit(batch);
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        var began = clock.GetTimestamp();
        var written = new List<PendingWrite>(batch.Count);
        try
        {
            session ??= new JournalSession(options.File);
            session.Begin();
            Apply(session, batch, written);
            session.Commit();
        }
        catch (Exception exception)
        {
            LogCommitFailed(exception, batch.Count);
            metrics.JournalFailed();
            // Its transaction goes with the connection; whatever was wrong with it does too.
            session?.Dispose();
            session = null;
            foreach (var write in batch)
                write.Fail(exception);
            return;
        }

        metrics.Committed(written.Count, clock.GetElapsedTime(began));
        checkpoints.Committed(written.Count);
        foreach (var write in written)
            write.Complete();
    }

    private void Apply(JournalSession current, List<PendingWrite> batch, List<PendingWrite> written)
    {
        try
        {
            foreach (var write in batch)
                write.Apply(current);
            written.AddRange(batch);
        }
        catch (Exception)
        {
            // One of them failed, which is rare: only now is it worth a savepoint for each, which undoes the failed one alone.
            current.Rollback();
            current.Begin();
            foreach (var write in batch)
                if (TryApplyAlone(current, write))
                    written.Add(write);
        }
    }

    private bool TryApplyAlone(JournalSession current, PendingWrite write)
    {
        try
        {
            current.Alone(write);
            return true;
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception);
            metrics.JournalFailed();
            write.Fail(exception);
            return false;
        }
    }

    [LoggerMessage(1001, LogLevel.Error, "The journal could not commit {Writes} writes; their callers were told")]
    private partial void LogCommitFailed(Exception exception, int writes);

    [LoggerMessage(1002, LogLevel.Error, "One write to the journal failed; the others of its commit did not")]
    private partial void LogWriteFailed(Exception exception);
}
