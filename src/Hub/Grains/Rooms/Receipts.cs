using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Rooms;

/// <summary>The answers to the last commands of a room, for those that come twice.</summary>
/// <remarks>
/// An id is known per agency, so that nobody reads another's answer by guessing its id. A refused command is not
/// remembered: it changed nothing, and is decided again.
/// </remarks>
internal sealed class Receipts
{
    private const int Kept = 1_000;

    private readonly Dictionary<(AgencyId Agency, CommandId Id), RoomReceipt> known = [];
    private readonly Queue<(AgencyId Agency, CommandId Id)> order = [];

    public RoomReceipt? Find(Actor actor, CommandId id) => known.GetValueOrDefault((actor.Agency, id));

    public void Remember(Actor actor, CommandId id, RoomReceipt receipt)
    {
        if (!known.TryAdd((actor.Agency, id), receipt))
            return;
        order.Enqueue((actor.Agency, id));
        if (order.Count > Kept)
            known.Remove(order.Dequeue());
    }

    /// <summary>Learns them again from the record.</summary>
    public void Rebuild(IReadOnlyList<JournalEntry> entries, Func<JournalEntry, RoomEvent> read)
    {
        known.Clear();
        order.Clear();
        for (var first = 0; first < entries.Count;)
        {
            var (actor, command) = (entries[first].Actor, entries[first].Command);
            var end = first + 1;
            while (end < entries.Count && entries[end].Command == command && entries[end].Actor.Agency == actor.Agency)
                end++;
            var created = RoomLive.Created(Enumerable.Range(first, end - first).Select(index => read(entries[index])));
            Remember(actor, new CommandId(command), new RoomReceipt(entries[end - 1].Version, created));
            first = end;
        }
    }
}
