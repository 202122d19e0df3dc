using System.Diagnostics.CodeAnalysis;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Calls;

/// <summary>The legs whose dialogs this node holds now, by their rooms: each call and each line of chat looks at one room alone.</summary>
internal sealed class SipLegs
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomCode, Dictionary<LegId, SipLeg>> _rooms = [];

    /// <summary>Every leg as of now.</summary>
    public IReadOnlyList<SipLeg> All
    {
        get
        {
            lock (_gate) return [.. _rooms.Values.SelectMany(room => room.Values)];
        }
    }

    /// <summary>The room's legs as of now.</summary>
    public IReadOnlyList<SipLeg> In(RoomCode room)
    {
        lock (_gate) return _rooms.TryGetValue(room, out var legs) ? [.. legs.Values] : [];
    }

    public bool TryFind(RoomCode room, LegId leg, [NotNullWhen(true)] out SipLeg? found)
    {
        found = null;
        lock (_gate) return _rooms.TryGetValue(room, out var legs) && legs.TryGetValue(leg, out found);
    }

    /// <summary>The leg whose call it is, if this node holds it.</summary>
    public SipLeg? Of(Call call) => call.Handler is SipLeg leg && Stands(leg) ? leg : null;

    /// <summary>Puts the leg in; gives the one whose place it took.</summary>
    public SipLeg? Add(SipLeg leg)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(leg.Room, out var legs)) _rooms[leg.Room] = legs = [];
            var replaced = legs.GetValueOrDefault(leg.Id);
            legs[leg.Id] = leg;
            return replaced;
        }
    }

    /// <summary>Whether the leg is still the one that stands for its place in the room.</summary>
    public bool Stands(SipLeg leg) => TryFind(leg.Room, leg.Id, out var current) && ReferenceEquals(current, leg);

    /// <summary>Takes the leg out; false when another call has taken its place, or it was out already.</summary>
    public bool Remove(SipLeg leg)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(leg.Room, out var legs) || legs.GetValueOrDefault(leg.Id) != leg) return false;
            legs.Remove(leg.Id);
            if (legs.Count == 0) _rooms.Remove(leg.Room);
            return true;
        }
    }
}
