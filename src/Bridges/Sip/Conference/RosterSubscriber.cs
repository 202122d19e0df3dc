using Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Conference;

/// <summary>One phone's subscription to one room; the stack calls it in order.</summary>
internal sealed class RosterSubscriber(
    RoomCode room, Roster first, ConferenceDocument document, RosterFollower follower, TimeProvider time, ILogger logger) : ISubscriptionHandler
{
    private RosterSubscription? _view;

    public void OnRefreshed(Subscription subscription)
    {
        if (_view is { } view)
        {
            view.Refresh();
            return;
        }

        _view = new RosterSubscription(
            document,
            first,
            async body => (await subscription.NotifyAsync(ConferenceDocument.MediaType, body)).Status is >= 200 and < 300,
            () => subscription.EndAsync("noresource"),
            time,
            logger);
        follower.Add(room, first, _view);
        _view.Refresh();
    }

    public void OnEnded(Subscription subscription, string reason)
    {
        if (_view is not { } view)
            return;
        view.End();
        follower.Remove(room, view);
    }
}
