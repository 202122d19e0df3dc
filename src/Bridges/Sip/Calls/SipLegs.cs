using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Calls;

/// <summary>The legs whose dialogs this node holds now.</summary>
internal sealed class SipLegs
{
    private readonly ConcurrentDictionary<(RoomCode Room, LegId Leg), SipLeg> _legs = new();

    // Not through Values, which locks the whole dictionary and copies it: every call and every line of chat looks here.
    public IEnumerable<SipLeg> All => _legs.Select(pair => pair.Value);

    public IEnumerable<SipLeg> In(RoomCode room) => All.Where(leg => leg.Room == room);

    public bool TryFind(RoomCode room, LegId leg, [NotNullWhen(true)] out SipLeg? found) => _legs.TryGetValue((room, leg), out found);

    /// <summary>The leg whose call it is, if this node holds it.</summary>
    public SipLeg? Of(Call call) => call.Handler is SipLeg leg && Stands(leg) ? leg : null;

    /// <summary>Puts the leg in; gives the one whose place it took.</summary>
    public SipLeg? Add(SipLeg leg)
    {
        SipLeg? replaced = null;
        _legs.AddOrUpdate((leg.Room, leg.Id), leg, (_, before) =>
        {
            replaced = before;
            return leg;
        });
        return replaced;
    }

    /// <summary>Whether the leg is still the one that stands for its place in the room.</summary>
    public bool Stands(SipLeg leg) => _legs.TryGetValue((leg.Room, leg.Id), out var current) && ReferenceEquals(current, leg);

    /// <summary>Takes the leg out; false when another call has taken its place, or it was out already.</summary>
    public bool Remove(SipLeg leg) => _legs.TryRemove(KeyValuePair.Create((leg.Room, leg.Id), leg));
}
