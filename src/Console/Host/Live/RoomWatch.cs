using System.Collections.Concurrent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Live;

/// <summary>This node's one subscription to a room, for all the browsers here that show it.</summary>
internal sealed class RoomWatch(RoomCode code, IRoomGrain room) : IRoomObserver
{
    private readonly ConcurrentDictionary<string, BrowserFeed> _feeds = new();
    private IRoomObserver? _reference;
    private LiveRevision _seen;

    public bool IsEmpty => _feeds.IsEmpty;

    public void Add(BrowserFeed feed) => _feeds[feed.Id] = feed;

    public void Remove(string connection) => _feeds.TryRemove(connection, out _);

    /// <summary>Subscribes, or renews; what was missed in between shows as a gap, and the browsers ask again.</summary>
    public async Task Subscribe(IGrainFactory grains)
    {
        _reference ??= grains.CreateObjectReference<IRoomObserver>(this);
        var revision = await room.Subscribe(_reference);
        if (_seen != default && revision != _seen)
            Send(new RoomDelta(code, revision, []));
        _seen = revision;
    }

    public async Task Unsubscribe(IGrainFactory grains)
    {
        if (_reference is not { } reference)
            return;
        _reference = null;
        await room.Unsubscribe(reference);
        grains.DeleteObjectReference<IRoomObserver>(reference);
    }

    /// <inheritdoc />
    public Task Changed(RoomDelta delta)
    {
        _seen = delta.Revision;
        Send(delta);
        foreach (var change in delta.Changes)
            if (change is InviteChanged { Invite: { Status: InviteStatus.Declined or InviteStatus.Withdrawn } invite })
                Part(invite.Agency);
        return Task.CompletedTask;
    }

    private void Send(RoomDelta delta)
    {
        foreach (var (_, feed) in _feeds)
            feed.Send("roomDelta", delta);
    }

    /// <summary>An agency that is no longer in the room hears that, and then nothing more of it.</summary>
    private void Part(AgencyId agency)
    {
        foreach (var (connection, feed) in _feeds)
            if (feed.Actor.Agency == agency)
                _feeds.TryRemove(connection, out _);
    }
}
