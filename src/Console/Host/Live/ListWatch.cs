using System.Collections.Concurrent;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Live;

/// <summary>This node's one subscription to the list of rooms and to the alerts of the agencies that look.</summary>
internal sealed class ListWatch(IGrainFactory grains) : IRoomListObserver, IAlertObserver
{
    private readonly ConcurrentDictionary<string, BrowserFeed> _feeds = new();
    private readonly ConcurrentDictionary<RoomCode, RoomSummary> _last = new();
    private IRoomListObserver? _rooms;
    private IAlertObserver? _alerts;

    /// <summary>Adds a browser; what changes from here on reaches it.</summary>
    public async Task Add(BrowserFeed feed)
    {
        _feeds[feed.Id] = feed;
        await Subscribe();
    }

    public void Remove(string connection) => _feeds.TryRemove(connection, out _);

    /// <summary>Subscribes, or renews, for as long as a browser looks; else the subscription runs out by itself.</summary>
    public async Task Subscribe()
    {
        if (_feeds.IsEmpty)
            return;
        _rooms ??= grains.CreateObjectReference<IRoomListObserver>(this);
        _alerts ??= grains.CreateObjectReference<IAlertObserver>(this);
        var registry = grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key);
        await registry.Subscribe(_rooms);
        foreach (var agency in _feeds.Values.Select(feed => feed.Actor.Agency).Distinct().ToArray())
            await grains.GetGrain<IAlertDeskGrain>(agency.Value).Subscribe(_alerts);
        foreach (var room in await registry.ListOpen())
            _last[room.Code] = room;
    }

    /// <inheritdoc />
    public Task Changed(RoomSummary summary)
    {
        _last.TryGetValue(summary.Code, out var before);
        foreach (var (_, feed) in _feeds)
        {
            if (summary.IsVisibleTo(feed.Actor))
                feed.Send("roomListed", summary);
            else if (before?.IsVisibleTo(feed.Actor) == true)
                feed.Send("roomListed", Parted(before));
        }
        if (summary.State == RoomPhase.Closed)
            _last.TryRemove(summary.Code, out _);
        else
            _last[summary.Code] = summary;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Changed(AgencyId agency, AlertSummary alert)
    {
        foreach (var (_, feed) in _feeds)
            if (feed.Actor.Agency == agency)
                feed.Send("alertListed", alert);
        return Task.CompletedTask;
    }

    /// <summary>For an agency that is no longer in it a room is over, and what it has become is not its business.</summary>
    private static RoomSummary Parted(RoomSummary before) => before with { State = RoomPhase.Closed, Members = [], Invited = [], LegsUp = 0, LegsLost = 0 };
}
