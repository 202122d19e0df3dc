using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Nodes;

/// <summary>A room is anchored at a node in that epoch, or no more.</summary>
internal readonly record struct AnchorNews(RoomCode Room, long Epoch, bool Here);

/// <summary>The rooms that are active on this node, for the other nodes to know: who is lost takes its knowledge along.</summary>
/// <remarks>Of two activations of a room the one with the higher epoch is in command. The other learns it here, and is silent at once.</remarks>
internal sealed partial class AnchoredRooms(IAnchorMedia media, TimeProvider time, ILogger<AnchoredRooms> log)
{
    /// <summary>Far more than a room takes to come up elsewhere.</summary>
    private static readonly TimeSpan HandOverTime = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<RoomCode, Anchored> rooms = [];
    private readonly List<Action<AnchorNews>> listeners = [];

    /// <summary>The rooms as of now, with their epochs.</summary>
    public IReadOnlyList<(RoomCode Room, long Epoch)> All
    {
        get
        {
            lock (gate)
                return [.. rooms.Select(static room => (room.Key, room.Value.Epoch))];
        }
    }

    public bool Has(RoomCode room, long epoch)
    {
        lock (gate)
            return rooms.TryGetValue(room, out var known) && known.Epoch == epoch;
    }

    /// <summary>The room is active here.</summary>
    public void Hold(RoomCode room, long epoch, IGrainContext activation)
    {
        lock (gate)
        {
            if (rooms.TryGetValue(room, out var known) && known.Epoch == epoch)
                return;
            rooms[room] = new Anchored(epoch, activation);
            Tell(new AnchorNews(room, epoch, Here: true));
        }
    }

    /// <summary>The room is over, or no longer active here.</summary>
    public void Release(RoomCode room, long epoch)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(room, out var known) || known.Epoch != epoch)
                return;
            rooms.Remove(room);
            Tell(new AnchorNews(room, epoch, Here: false));
        }
    }

    /// <summary>The room is on its way to another node. Its voice goes on here until that one says that it has the room, or does not in time.</summary>
    public void HandOver(RoomCode room, long epoch) => GiveUpLater(room, epoch).Ignore();

    private async Task GiveUpLater(RoomCode room, long epoch)
    {
        await Task.Delay(HandOverTime, time);
        media.Release(room, epoch);
        Release(room, epoch);
    }

    /// <summary>Another node has the room in that epoch; an older activation here falls silent before this returns.</summary>
    public void Yield(RoomCode room, long epoch)
    {
        Anchored held;
        lock (gate)
        {
            if (!rooms.TryGetValue(room, out held) || held.Epoch >= epoch)
                return;
        }

        LogYielded(room, held.Epoch, epoch);
        media.Release(room, held.Epoch);
        Release(room, held.Epoch);
        held.Activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "the room is active on another node"), CancellationToken.None);
    }

    /// <summary>Tells the listener every room, and whatever changes from then on; it must return at once.</summary>
    public void Listen(Action<AnchorNews> listener)
    {
        lock (gate)
        {
            foreach (var (room, held) in rooms)
                listener(new AnchorNews(room, held.Epoch, Here: true));
            listeners.Add(listener);
        }
    }

    public void Leave(Action<AnchorNews> listener)
    {
        lock (gate)
            listeners.Remove(listener);
    }

    private void Tell(AnchorNews news)
    {
        foreach (var listener in listeners)
            listener(news);
    }

    private readonly record struct Anchored(long Epoch, IGrainContext Activation);

    [LoggerMessage(1602, LogLevel.Information, "Room {Room} was anchored here in epoch {Old} and is at another node in epoch {New}; it is silent here from now on")]
    private partial void LogYielded(RoomCode room, long old, long @new);
}
