using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Nodes;

/// <summary>Brings up at once what a lost node had: a room comes back only when somebody calls it.</summary>
/// <remarks>
/// What it had it told the others while it lived, since the list of rooms may have been lost with it. The survivors share
/// the rooms out by a rule that each of them works out alone. Whatever that misses, <see cref="Recovery"/> finds in the record.
/// </remarks>
internal sealed partial class Rescue(
    Members members, Watchdog watchdog, AnchoredRooms anchored, Recovery recovery, IGrainFactory grains, TimeProvider time, ILogger<Rescue> log)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private const int AtOnce = 32;
    private const int MostAttempts = 60;
    private static readonly TimeSpan AttemptPause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the other survivors have for their share before one of them goes through the record.</summary>
    private static readonly TimeSpan OthersTake = TimeSpan.FromSeconds(2);

    public void Participate(ISiloLifecycle lifecycle) => members.OnLost(silo => Task.Run(() => BringBack(silo)).Ignore());

    /// <summary>Which of the survivors brings a room up.</summary>
    internal static SiloAddress Heir(RoomCode room, IReadOnlyCollection<SiloAddress> survivors) =>
        survivors.MaxBy(silo => (Mixed(room, silo), silo.GetConsistentHashCode()))!;

    /// <summary>The highest random weight (rendezvous hashing): every node comes to the same one, and each gets its share.</summary>
    private static uint Mixed(RoomCode room, SiloAddress silo)
    {
        var hash = (uint)silo.GetConsistentHashCode();
        foreach (var letter in room.Value)
            hash = (hash ^ letter) * 0x0100_0193;
        // Codes differ in their last digit, which must reach every bit (the finalizer of MurmurHash3).
        hash = (hash ^ (hash >> 16)) * 0x85eb_ca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2_ae35;
        return hash ^ (hash >> 16);
    }

    private async Task BringBack(SiloAddress lost)
    {
        var survivors = members.Active.Where(silo => !silo.Equals(lost)).ToArray();
        if (survivors.Length == 0)
            return;
        var rooms = watchdog.RoomsOf(lost);
        var mine = rooms.Where(room => Heir(room.Key, survivors).Equals(members.Address)).Select(static room => room.Key).ToArray();
        LogBringing(lost, rooms.Count, mine.Length);
        // Rooms that were here stay here: where they are may have been known to the lost node alone, and whoever asks next has them.
        // Calls that were signalled there and are heard here go on, but nobody answers for them any more.
        var kept = anchored.All.Select(room => Lose(room.Room, lost)).ToArray();
        await Parallel.ForEachAsync(mine, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (room, _) => await Try(room, static grain => grain.Wake()));
        await Task.WhenAll(kept);
        members.Settled(lost);
        await Task.Delay(OthersTake, time);
        if (Heir(new RoomCode(""), survivors).Equals(members.Address))
            recovery.Again();
    }

    /// <summary>Until the room has taken it: a journal that hiccups now must not leave calls that nobody answers for.</summary>
    private async Task Lose(RoomCode room, SiloAddress lost)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var taken = false;
            await Try(room, async grain => taken = await grain.LoseNode(Members.NameOf(lost)));
            if (taken)
                return;
            await Task.Delay(AttemptPause, time);
        }
    }

    private async Task Try(RoomCode room, Func<IRoomGrain, Task> act)
    {
        try
        {
            await act(grains.GetGrain<IRoomGrain>(room.Value));
        }
        catch (Exception failed)
        {
            LogNotWoken(failed, room);
        }
    }

    [LoggerMessage(1608, LogLevel.Warning, "Node {Node} had {Rooms} rooms; this one brings {Mine} of them up")]
    private partial void LogBringing(SiloAddress node, int rooms, int mine);

    [LoggerMessage(1609, LogLevel.Error, "Room {Room} did not come up after its node was lost; the record is gone through for it")]
    private partial void LogNotWoken(Exception exception, RoomCode room);
}
