using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

/// <summary>Our side of one subscription: its life, and its NOTIFYs, one at a time and in order (RFC 6665 section 4.2), in its lane.</summary>
internal sealed class Notifier(Dialog dialog, EventKey key, Quota quota)
{
    private readonly Queue<Pending> _waiting = new();
    private readonly TimeProvider _time = dialog.Agent.Lane.Time;
    private LaneTimer? _expiry;
    private TimeSpan _granted;
    private long _grantedAt;
    private string? _lastReason;
    private bool _sending;
    private bool _over;

    public EventKey Key => key;

    public Lane Lane => dialog.Agent.Lane;

    public Dialog Dialog => dialog;

    public bool IsOver => _over;

    /// <summary>The subscriber wants the whole state.</summary>
    public Action Refreshed { get; set; } = static () => { };

    /// <summary>It is over, for that reason.</summary>
    public Action<string> Ended { get; set; } = static _ => { };

    /// <summary>Begins, or goes on, for that long; zero ends it with the next NOTIFY.</summary>
    public void Grant(TimeSpan expires)
    {
        _granted = expires;
        _grantedAt = _time.GetTimestamp();
        _expiry?.Stop();
        if (expires == TimeSpan.Zero)
        {
            // Section 4.2.1.4: an unsubscribing or fetching peer gets one more NOTIFY, with the state and the end in it.
            _lastReason = "timeout";
            _expiry = Lane.Schedule(dialog.Agent.Context.Options.Limits.ApplicationAnswer, () => End("timeout", null, default, static _ => { }));
        }
        else
        {
            _expiry = Lane.Schedule(expires, () => End("timeout", null, default, static _ => { }));
        }
    }

    public void Notify(string? contentType, ReadOnlyMemory<byte> body, Action<SipResponse> done) =>
        Enqueue(new Pending(contentType, body, _lastReason, done));

    public void End(string reason, string? contentType, ReadOnlyMemory<byte> body, Action<SipResponse> done)
    {
        _lastReason = reason;
        Enqueue(new Pending(contentType, body, reason, done));
    }

    /// <summary>It never began: its place in the quota was given back by whoever refused it.</summary>
    public void Forgo(string reason)
    {
        _over = true;
        Ended(reason);
    }

    /// <summary>Over without another word.</summary>
    public void Abandon(string reason)
    {
        if (_over) return;
        _over = true;
        _expiry?.Stop();
        while (_waiting.TryDequeue(out var pending)) pending.Done(Local(481, "Subscription Is Over"));
        quota.Release();
        dialog.Subscriptions.Remove(this);
        Ended(reason);
    }

    private void Enqueue(Pending pending)
    {
        var ends = pending.LastReason is not null;
        if (_over || (!ends && _waiting.Count >= dialog.Agent.Context.Options.Limits.NotifyBacklog))
        {
            pending.Done(_over ? Local(481, "Subscription Is Over") : Local(503, "Too Many Notifications Wait"));
            return;
        }

        _waiting.Enqueue(pending);
        Pump();
    }

    private void Pump()
    {
        if (_sending || _over || !_waiting.TryDequeue(out var next)) return;
        _sending = true;
        var headers = new SipHeaders()
            .Add(HeaderNames.Event, key.ToString())
            .Add(HeaderNames.SubscriptionState, next.LastReason is { } reason ? $"terminated;reason={reason}" : $"active;expires={Remaining()}")
            .Add(HeaderNames.Contact, dialog.Contact);
        if (next.ContentType is { } type) headers.Add(HeaderNames.ContentType, type);
        dialog.Send(SipMethods.Notify, headers, next.Body, response =>
        {
            if (!response.IsProvisional) OnAnswer(next, response);
        });
    }

    private void OnAnswer(Pending sent, SipResponse response)
    {
        _sending = false;
        sent.Done(response);
        if (sent.LastReason is { } reason) Abandon(reason);
        else if (EndsSubscription(response)) Abandon("noresource");
        else Pump();
    }

    /// <summary>RFC 6665 section 4.2.2 and RFC 5057 section 5.1: answers that say the subscription, or its subscriber, is gone.</summary>
    private static bool EndsSubscription(SipResponse response) => response.Status switch
    {
        503 => response.IsLocal,
        404 or 405 or 408 or 410 or 416 or 481 or 482 or 483 or 484 or 485 or 489 or 501 or 604 => true,
        _ => false,
    };

    private int Remaining() => (int)Math.Max(0, Math.Ceiling((_granted - _time.GetElapsedTime(_grantedAt)).TotalSeconds));

    private SipResponse Local(int status, string reason) =>
        SipResponse.Local(Dialogs.DialogRequests.Create(dialog.State, SipMethods.Notify, dialog.State.LocalCSeq, new SipHeaders(), default).Request, status, reason);

    private sealed record Pending(string? ContentType, ReadOnlyMemory<byte> Body, string? LastReason, Action<SipResponse> Done);
}
