using System.Collections.Immutable;
using Interop.Bridges.Core;
using Interop.Bridges.Core.Watch;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Conference;

/// <summary>Keeps the roster of each room that somebody subscribed to, and shows it to them.</summary>
internal sealed class RosterFollower(RoomWatches watches, ILogger<RosterFollower> logger) : IRoomFollower
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomCode, Followed> _rooms = [];

    public void Add(RoomCode room, Roster first, RosterSubscription subscription)
    {
        lock (_gate)
        {
            var (now, viewers) = _rooms.TryGetValue(room, out var followed) ? (followed.Now, followed.Viewers) : (first, []);
            _rooms[room] = new Followed(now, viewers.Add(subscription));
        }

        watches.Hold(room, this);
    }

    public void Remove(RoomCode room, RosterSubscription subscription)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room, out var followed) || !followed.Viewers.Contains(subscription))
                return;
            var left = followed.Viewers.Remove(subscription);
            if (left.IsEmpty)
                _rooms.Remove(room);
            else
                _rooms[room] = followed with { Viewers = left };
        }

        watches.ReleaseAsync(room, this).AsTask().Observe(logger, "let a room's watch go");
    }

    public void OnChange(RoomCode room, RoomChange change) => Show(room, now => now.With(change));

    public void OnSnapshot(RoomCode room, RoomSnapshot snapshot, long asked) => Show(room, _ => Roster.Of(snapshot));

    private void Show(RoomCode room, Func<Roster, Roster> next)
    {
        Followed followed;
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room, out followed!))
                return;
            var now = next(followed.Now);
            if (ReferenceEquals(now, followed.Now))
                return;
            _rooms[room] = followed = followed with { Now = now };
        }

        foreach (var viewer in followed.Viewers)
            viewer.Show(followed.Now);
    }

    private sealed record Followed(Roster Now, ImmutableList<RosterSubscription> Viewers);
}
