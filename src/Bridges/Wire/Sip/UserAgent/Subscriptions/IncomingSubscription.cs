using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

/// <summary>A SUBSCRIBE that waits for our answer. Its methods may be called from any thread.</summary>
public sealed class IncomingSubscription
{
    private readonly Dialog _dialog;
    private readonly ServerTransaction _transaction;
    private readonly EventKey _key;
    private readonly OwedAnswer _answer;
    private int _answered;

    internal IncomingSubscription(Dialog dialog, ServerTransaction transaction, EventKey key, int expires, Call? call)
    {
        (_dialog, _transaction, _key, Expires, Call) = (dialog, transaction, key, expires, call);
        _answer = new OwedAnswer(dialog.Agent, transaction, dialog.State.LocalTag, dialog.Agent.Context.Quotas.Subscriptions);
    }

    /// <summary>The SUBSCRIBE.</summary>
    public SipRequest Request => _transaction.Request;

    /// <summary>Where it came from.</summary>
    public SipSource Source => _transaction.Source;

    /// <summary>The event package; one of <see cref="SipOptions.Events"/>.</summary>
    public string Event => _key.Package;

    /// <summary>The id parameter of the Event field, or null.</summary>
    public string? EventId => _key.Id;

    /// <summary>The seconds that the subscriber may have at most; 0 asks for the state once.</summary>
    public int Expires { get; }

    /// <summary>The call in whose dialog it came, or null.</summary>
    public Call? Call { get; }

    /// <summary>Accepts it; the handler is asked for the whole state at once.</summary>
    /// <param name="seconds">How long it may last; no more than <see cref="Expires"/>.</param>
    /// <param name="handler">Who hears of it.</param>
    /// <exception cref="InvalidOperationException">It was accepted before.</exception>
    public Subscription Accept(int seconds, ISubscriptionHandler handler)
    {
        if (Interlocked.Exchange(ref _answered, 1) != 0) throw new InvalidOperationException("The subscription was already accepted");
        var notifier = new Notifier(_dialog, _key, _dialog.Agent.Context.Quotas.Subscriptions);
        var subscription = new Subscription(notifier);
        var mailbox = new CallMailbox(_dialog.Agent.Context.Options.Limits.DialogBacklog, failure =>
            SipLog.ApplicationFailed(_dialog.Agent.Context.Log, SipMethods.Subscribe, Request.CallId, failure));
        mailbox.Open();
        notifier.Refreshed = () => mailbox.TryPost(() => Tell(() => handler.OnRefreshed(subscription)));
        notifier.Ended = reason => mailbox.Post(() => Tell(() => handler.OnEnded(subscription, reason)));
        _dialog.Agent.Lane.Post(() => AcceptInLane(notifier, Math.Clamp(seconds, 0, Expires)));
        return subscription;
    }

    /// <summary>Refuses it.</summary>
    public void Reject(SipReply reply) => _dialog.Agent.Lane.Post(() => _answer.Refuse(reply));

    internal void StartInLane() =>
        _answer.Ask(() => _dialog.Agent.Context.Application.OnSubscribeAsync(this, _dialog.Agent.Context.Stopping));

    private void AcceptInLane(Notifier notifier, int seconds)
    {
        if (!_answer.TrySettle())
        {
            notifier.Forgo("timeout");
            return;
        }

        _dialog.Subscriptions.Add(notifier);
        _dialog.Respond(_transaction, new SipReply(200) { Headers = [new(HeaderNames.Expires, seconds.ToString())] });
        notifier.Grant(TimeSpan.FromSeconds(seconds));
        notifier.Refreshed();
    }

    private static ValueTask Tell(Action tell)
    {
        tell();
        return ValueTask.CompletedTask;
    }
}
