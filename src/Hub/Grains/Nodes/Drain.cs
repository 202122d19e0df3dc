using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Nodes;

/// <summary>Before a node stops, moves its rooms to the others: each begins there before it ends here.</summary>
internal sealed partial class Drain(Members members, AnchoredRooms anchored, IGrainFactory grains, TimeProvider time, ILogger<Drain> log)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Few, so that each is quick: what matters is for how long one room is on its way.</summary>
    private const int AtOnce = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    // What starts last stops first: the silo still serves, and nobody knows yet that it will not.
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(Drain), ServiceLifecycleStage.Last, static _ => Task.CompletedTask, MoveAll);

    private async Task MoveAll(CancellationToken cancel)
    {
        var others = members.Active.Where(silo => !silo.Equals(members.Address)).ToArray();
        var rooms = anchored.All;
        if (others.Length == 0 || rooms.Count == 0)
            return;
        LogMoving(rooms.Count);
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(rooms, limit, async (room, stop) => await Move(room.Room, room.Epoch, Rescue.Heir(room.Room, others), stop));
        LogMoved(rooms.Count - anchored.All.Count);
    }

    private async Task Move(RoomCode room, long epoch, SiloAddress heir, CancellationToken stop)
    {
        try
        {
            await grains.GetGrain<IRoomGrain>(room.Value).MoveTo(heir);
            var begun = time.GetTimestamp();
            while (anchored.Has(room, epoch) && time.GetElapsedTime(begun) < Patience)
                await Task.Delay(Step, time, stop);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogNotMoved(failed, room);
        }
    }

    [LoggerMessage(1610, LogLevel.Information, "The node stops; its {Rooms} rooms move to the others")]
    private partial void LogMoving(int rooms);

    [LoggerMessage(1611, LogLevel.Information, "{Rooms} rooms are at other nodes now")]
    private partial void LogMoved(int rooms);

    [LoggerMessage(1612, LogLevel.Error, "Room {Room} did not move; it comes up elsewhere when this node is gone")]
    private partial void LogNotMoved(Exception exception, RoomCode room);
}
