using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

/// <summary>A subscription that a peer has with us (RFC 6665). Its methods may be called from any thread.</summary>
public sealed class Subscription
{
    private readonly Notifier _notifier;

    internal Subscription(Notifier notifier) => _notifier = notifier;

    /// <summary>The event package.</summary>
    public string Event => _notifier.Key.Package;

    /// <summary>The id that the subscriber gave it, or null.</summary>
    public string? EventId => _notifier.Key.Id;

    /// <summary>Sends the state. NOTIFYs go out in the order of the calls, each once the one before is answered.</summary>
    /// <returns>The answer; a local 481 when the subscription is over, a local 503 when too many wait already.</returns>
    public Task<SipResponse> NotifyAsync(string? contentType, ReadOnlyMemory<byte> body)
    {
        var done = new TaskCompletionSource<SipResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _notifier.Lane.Post(() => _notifier.Notify(contentType, body, done.SetResult));
        return done.Task;
    }

    /// <summary>Ends it with a last NOTIFY.</summary>
    /// <param name="reason">One of RFC 6665 section 4.1.3: deactivated, probation, rejected, timeout, giveup, noresource.</param>
    public Task EndAsync(string reason)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _notifier.Lane.Post(() => _notifier.End(reason, null, default, _ => done.SetResult()));
        return done.Task;
    }
}
