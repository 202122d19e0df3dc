namespace Interop.Hub.Grains.Storage;

/// <summary>One write that waits for the next commit.</summary>
internal abstract class PendingWrite<TSession>(string? about)
{
    private int taken;

    /// <summary>What the session should make ready for it.</summary>
    public string? About => about;

    /// <summary>Whether the writer may do it: a caller that gave up while it waited has taken it back.</summary>
    public bool TryTake() => Interlocked.Exchange(ref taken, 1) == 0;

    /// <summary>Does the write inside the open transaction; done again when that had to be undone for another's failure.</summary>
    public abstract void Apply(TSession session);

    /// <summary>The commit returned: the caller may go on.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <inheritdoc />
internal sealed class PendingWrite<TSession, T>(Func<TSession, T> write, string? about) : PendingWrite<TSession>(about)
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? outcome;

    public Task<T> Done => done.Task;

    public override void Apply(TSession session) => outcome = write(session);

    public override void Complete() => done.TrySetResult(outcome!);

    public override void Fail(Exception exception) => done.TrySetException(exception);
}
