namespace Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

/// <summary>What owns a subscription that a peer has with us. Its members are called one after the other, in the order of events.</summary>
public interface ISubscriptionHandler
{
    /// <summary>
    /// The subscriber is owed the whole state: it has just subscribed, refreshed, or fetched it once. RFC 6665 section 4.2.1.2
    /// asks for a NOTIFY without delay, also when nothing changed.
    /// </summary>
    void OnRefreshed(Subscription subscription);

    /// <summary>The subscription is over: it was ended, it expired, or the subscriber is gone.</summary>
    void OnEnded(Subscription subscription, string reason);
}
