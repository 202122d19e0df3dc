using System.Collections.Concurrent;
using Interop.Hub.Contracts;
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
    private int _rechecked;

    /// <summary>Whoever is being looked for is here still.</summary>
    public bool IsEmpty => _feeds.IsEmpty && Volatile.Read(ref _rechecked) == 0;

    public void Add(BrowserFeed feed) => _feeds[feed.Id] = feed;

    public void Remove(string connection) => _feeds.TryRemove(connection, out _);

    /// <summary>Subscribes, or renews; what was missed in between shows as a gap, and the browsers ask again.</summary>
    public async Task Subscribe(IGrainFactory grains)
    {
        _reference ??= grains.CreateObjectReference<IRoomObserver>(this);
        var revision = await room.Subscribe(_reference);
        if (_seen != default && revision != _seen)
        {
            Send(new RoomDelta(code, revision, []));
            // What was missed may be that they are out.
            await Task.WhenAll(_feeds.Values.Select(Recheck));
        }
        _seen = revision;
        if (!_feeds.IsEmpty)
            await room.Attend(_feeds.Values.Select(static feed => feed.Actor.Agency).Distinct().ToArray());
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
    public async Task Changed(RoomDelta delta)
    {
        _seen = delta.Revision;
        Send(delta);
        foreach (var change in delta.Changes)
            if (change is GuestChanged { Guest: { Status: not GuestStatus.In } guest })
                Part(feed => feed.Actor.Kind == ActorKind.Guest && feed.Actor.Id == guest.Id).ForEach(static feed => feed.End());
            else if (change is InviteChanged { Invite: { Stands: false } invite })
                await Task.WhenAll(Part(feed => feed.Actor.Kind != ActorKind.Guest && feed.Actor.Agency == invite.Agency).Select(Recheck));
    }

    private void Send(RoomDelta delta)
    {
        foreach (var (_, feed) in _feeds)
            feed.Send("roomDelta", LiveSight.Of(delta, feed.Actor));
    }

    /// <summary>Those who may be out of the room heard why, and then hear nothing more of it until the room says that they are in.</summary>
    private List<BrowserFeed> Part(Predicate<BrowserFeed> whom)
    {
        var parted = new List<BrowserFeed>();
        foreach (var (connection, feed) in _feeds)
            if (whom(feed) && _feeds.TryRemove(connection, out _))
                parted.Add(feed);
        return parted;
    }

    /// <summary>Keeps whoever the room still shows itself to, by another invitation or as its owner.</summary>
    private async Task Recheck(BrowserFeed feed)
    {
        Interlocked.Increment(ref _rechecked);
        try
        {
            await Keep(feed);
        }
        catch (Exception)
        {
            // Not known to be in or out: the browser comes back by itself, and asks.
            feed.End();
        }
        finally
        {
            Interlocked.Decrement(ref _rechecked);
        }
    }

    private async Task Keep(BrowserFeed feed)
    {
        var look = await room.Look(feed.Actor);
        if (look.Ok)
        {
            _feeds[feed.Id] = feed;
            // One that left meanwhile was looked for before it was here again.
            if (feed.IsOver)
                _feeds.TryRemove(feed.Id, out _);
            feed.Send("roomDelta", LiveSight.Of(new RoomDelta(code, look.Value.Revision, []), feed.Actor));
        }
        else if (_feeds.TryRemove(feed.Id, out _) || feed.Actor.Kind == ActorKind.Guest)
            feed.End();
    }
}
