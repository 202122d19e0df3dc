using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;

namespace Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

/// <summary>The subscriptions and referrals of one dialog, in its lane.</summary>
internal sealed class DialogSubscriptions(Dialog dialog)
{
    private readonly Dictionary<EventKey, Notifier> _notifiers = [];
    private readonly List<OutgoingReferral> _outgoing = [];
    private int _referrals;

    public bool IsEmpty => _notifiers.Count == 0 && _outgoing.Count == 0;

    private UserAgentCore Agent => dialog.Agent;

    public void Add(Notifier notifier)
    {
        _notifiers[notifier.Key] = notifier;
        if (Agent.Find(dialog.State.Id) is null) Agent.Register(dialog.State.Id, new SubscriptionDialog(dialog));
    }

    public void Remove(Notifier notifier)
    {
        if (_notifiers.TryGetValue(notifier.Key, out var known) && ReferenceEquals(known, notifier)) _notifiers.Remove(notifier.Key);
        LeaveWhenEmpty();
    }

    public void Add(OutgoingReferral referral) => _outgoing.Add(referral);

    public void Remove(OutgoingReferral referral)
    {
        _outgoing.Remove(referral);
        LeaveWhenEmpty();
    }

    /// <summary>A SUBSCRIBE inside the dialog, or the one that makes it.</summary>
    public void OnSubscribe(ServerTransaction transaction, Call? call)
    {
        var request = transaction.Request;
        var options = Agent.Context.Options;
        if (SubscribeScreen.Refuse(request, options, out var key, out var seconds) is { } refusal)
        {
            Reply(transaction, refusal);
        }
        else if (_notifiers.TryGetValue(key, out var known) && !known.IsOver)
        {
            Refresh(known, transaction, seconds);
        }
        else if (key.Package == EventKey.Refer)
        {
            // RFC 3515 section 2.4.4: only a REFER makes a subscription to this package.
            Reply(transaction, new SipReply(403));
        }
        else if (!options.Events.Contains(key.Package))
        {
            Reply(transaction, SubscribeScreen.BadEvent(options));
        }
        else if (!Agent.Context.Quotas.Subscriptions.TryTake())
        {
            Reply(transaction, Agent.Busy("subscription_limit"));
        }
        else
        {
            new IncomingSubscription(dialog, transaction, key, seconds, call).StartInLane();
        }
    }

    /// <summary>A REFER inside the dialog, or one outside that would make it.</summary>
    public void OnRefer(ServerTransaction transaction, Call? call, Func<IncomingReferral, Func<ValueTask>> ask)
    {
        var limits = Agent.Context.Options.Limits;
        if (ReferScreen.Refuse(transaction.Request, out var target) is { } refusal)
        {
            Reply(transaction, refusal);
        }
        else if (_referrals >= limits.ReferralsPerDialog)
        {
            Agent.Context.Metrics.Refused("referral_limit");
            Reply(transaction, new SipReply(403, "Too Many Referrals"));
        }
        else if (!Agent.Context.Quotas.Subscriptions.TryTake())
        {
            Reply(transaction, Agent.Busy("subscription_limit"));
        }
        else
        {
            // RFC 3515 section 2.4.6: from the second REFER on the number of the request tells the subscriptions apart.
            var id = _referrals++ == 0 ? null : transaction.Request.CSeq.Number.ToString();
            Retarget(transaction.Request);
            var referral = new IncomingReferral(dialog, transaction, new EventKey(EventKey.Refer, id), target!, call);
            referral.StartInLane(ask(referral));
        }
    }

    /// <summary>A NOTIFY: it is about a REFER of ours, or about nothing that we know (RFC 6665 section 4.1.3).</summary>
    public void OnNotify(ServerTransaction transaction)
    {
        var request = transaction.Request;
        var isReferral = EventKey.TryParse(request.Headers[HeaderNames.Event], out var key) && key.Package == EventKey.Refer;
        var referral = isReferral ? _outgoing.Find(sent => sent.IsAbout(key.Id)) : null;
        if (referral is null)
        {
            Reply(transaction, new SipReply(481));
            return;
        }

        Retarget(request);
        Reply(transaction, SipReply.Ok);
        referral.OnNotify(request);
    }

    private void Refresh(Notifier notifier, ServerTransaction transaction, int seconds)
    {
        Retarget(transaction.Request);
        dialog.Respond(transaction, new SipReply(200) { Headers = [new(HeaderNames.Expires, seconds.ToString())] });
        notifier.Grant(TimeSpan.FromSeconds(seconds));
        notifier.Refreshed();
    }

    /// <summary>These methods are target refresh requests (RFC 6665 section 4.5.2, RFC 3515 section 4).</summary>
    private void Retarget(SipRequest request) => dialog.Replace(dialog.State.Retargeted(request.Contact));

    private void LeaveWhenEmpty()
    {
        if (IsEmpty && Agent.Find(dialog.State.Id) is SubscriptionDialog bare) Agent.Unregister(dialog.State.Id, bare);
    }

    private void Reply(ServerTransaction transaction, SipReply reply) => Agent.Reply(transaction, reply, dialog.State.LocalTag);
}
