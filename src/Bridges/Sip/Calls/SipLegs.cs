using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Calls;

/// <summary>The legs whose dialogs this node holds now.</summary>
internal sealed class SipLegs
{
    private readonly ConcurrentDictionary<(RoomCode Room, LegId Leg), SipLeg> _legs = new();

    public IEnumerable<SipLeg> All => _legs.Values;

    public IEnumerable<SipLeg> In(RoomCode room) => _legs.Values.Where(leg => leg.Room == room);

    public bool TryFind(RoomCode room, LegId leg, [NotNullWhen(true)] out SipLeg? found) => _legs.TryGetValue((room, leg), out found);

    public void Add(SipLeg leg) => _legs[(leg.Room, leg.Id)] = leg;

    /// <summary>Takes the leg out; false when another call has taken its place, or it was out already.</summary>
    public bool Remove(SipLeg leg) => _legs.TryRemove(KeyValuePair.Create((leg.Room, leg.Id), leg));
}
