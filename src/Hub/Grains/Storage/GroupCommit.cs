using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Interop.Hub.Grains.Storage;

/// <summary>The one writer of a database in this process: what waits shares a commit, and so a flush to the disk.</summary>
/// <remarks>
/// It has a thread of its own: a flush blocks, and on a small machine the pool would be left with one worker for as long.
/// A write that fails is undone alone. When the connection fails, all writes of the commit fail, and it is opened anew,
/// after a pause when that failed too. The queue is bounded: when it is full, callers wait up to their deadline and then fail.
/// </remarks>
internal sealed partial class GroupCommit<TSession> : IAsyncDisposable
    where TSession : class, IWriterSession
{
    private readonly Channel<PendingWrite<TSession>> queue;
    private readonly string name;
    private readonly Func<TSession> open;
    private readonly JournalOptions options;
    private readonly TimeProvider clock;
    private readonly HubMetrics metrics;
    private readonly ILogger log;
    private readonly Task running;
    private readonly Checkpoints? checkpoints;
    private readonly Reopening reopening;
    private TSession? session;

    /// <param name="name">What the database holds, in the words of messages and metrics.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="options">How long a write may take, and how many wait.</param>
    /// <param name="clock">For the deadline.</param>
    /// <param name="metrics">Counts commits.</param>
    /// <param name="log">Says what failed.</param>
    /// <param name="file">Its path where it is a file of SQLite, whose log must be carried over.</param>
    public GroupCommit(
        string name, Func<TSession> open, IOptions<JournalOptions> options, TimeProvider clock, HubMetrics metrics, ILogger<GroupCommit<TSession>> log, string? file = null)
    {
        this.name = name;
        this.open = open;
        this.options = options.Value;
        this.clock = clock;
        this.metrics = metrics;
        this.log = log;
        queue = Channel.CreateBounded<PendingWrite<TSession>>(new BoundedChannelOptions(this.options.QueueLength) { SingleReader = true });
        // Opened here, so that one that cannot be used stops the start and not the first call.
        session = this.open();
        reopening = new Reopening(clock);
        checkpoints = file is null ? null : new Checkpoints(file, log);
        running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Queues a write and waits until its commit returned.</summary>
    /// <param name="write">Does it inside the open transaction; done again when that had to be undone for another's failure.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="about">What the session should make ready for it, such as a stream.</param>
    /// <exception cref="TimeoutException">Not done by the deadline; it may still have been written.</exception>
    public async Task<T> Write<T>(Func<TSession, T> write, CancellationToken cancel, string? about = null)
    {
        var pending = new PendingWrite<TSession, T>(write, about);
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
                    ? $"The {name} did not come to this write within {options.Deadline}; it was not written."
                    : $"The {name} did not finish this write within {options.Deadline}; it may have been written.",
                exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await running;
        if (checkpoints is not null)
            await checkpoints.DisposeAsync();
        session?.Dispose();
    }

    private void Run()
    {
        var batch = new List<PendingWrite<TSession>>(options.BatchSize);
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

    private void Commit(List<PendingWrite<TSession>> batch)
    {
        var began = clock.GetTimestamp();
        var about = batch.Select(static write => write.About).OfType<string>().ToHashSet(StringComparer.Ordinal);
        List<PendingWrite<TSession>> written;
        try
        {
            var current = Begin(about);
            written = TryTogether(current, batch) ? batch : OneByOne(current, batch, about);
        }
        catch (Exception exception)
        {
            LogCommitFailed(exception, name, batch.Count);
            metrics.CommitFailed(name);
            Close();
            foreach (var write in batch)
                write.Fail(exception);
            return;
        }

        metrics.Committed(name, written.Count, clock.GetElapsedTime(began));
        checkpoints?.Committed(written.Count);
        foreach (var write in written)
            write.Complete();
    }

    /// <summary>Begins on the connection there is, or on a new one: a server that was started again has dropped the old one, and nothing is written yet.</summary>
    private TSession Begin(IReadOnlyCollection<string> about)
    {
        if (session is not null)
            try
            {
                session.Begin(about);
                return session;
            }
            catch (Exception exception)
            {
                LogOpensAnew(exception, name);
                Close();
            }

        session = reopening.Try(open);
        session.Begin(about);
        return session;
    }

    /// <summary>A transaction goes with its connection; whatever was wrong with that does too.</summary>
    private void Close()
    {
        session?.Dispose();
        session = null;
    }

    private static bool TryTogether(TSession current, List<PendingWrite<TSession>> batch)
    {
        try
        {
            foreach (var write in batch)
                write.Apply(current);
            current.Commit();
            return true;
        }
        catch (Exception exception)
        {
            try
            {
                current.Rollback();
            }
            catch (Exception)
            {
                // The connection is lost, of which the first exception says why.
                ExceptionDispatchInfo.Throw(exception);
            }

            return false;
        }
    }

    /// <summary>One of them failed, which is rare: only now is it worth a savepoint for each, which undoes the failed one alone.</summary>
    private List<PendingWrite<TSession>> OneByOne(TSession current, List<PendingWrite<TSession>> batch, IReadOnlyCollection<string> about)
    {
        current.Begin(about);
        var written = new List<PendingWrite<TSession>>(batch.Count);
        foreach (var write in batch)
            if (TryApplyAlone(current, write))
                written.Add(write);
        current.Commit();
        return written;
    }

    private bool TryApplyAlone(TSession current, PendingWrite<TSession> write)
    {
        try
        {
            current.Alone(() => write.Apply(current));
            return true;
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception, name);
            metrics.CommitFailed(name);
            write.Fail(exception);
            return false;
        }
    }

    [LoggerMessage(1001, LogLevel.Error, "The {File} could not commit {Writes} writes; their callers were told")]
    private partial void LogCommitFailed(Exception exception, string file, int writes);

    [LoggerMessage(1002, LogLevel.Error, "One write to the {File} failed; the others of its commit did not")]
    private partial void LogWriteFailed(Exception exception, string file);

    [LoggerMessage(1004, LogLevel.Warning, "The connection to the {File} was lost; it is opened anew")]
    private partial void LogOpensAnew(Exception exception, string file);
}
