using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;

namespace Interop.Hub.Grains.Rooms;

/// <summary>One resource that can be in one room at a time; its key is the resource's id.</summary>
/// <remarks>An index in memory: the shares are in the rooms' journals, and rooms claim again when they come up.</remarks>
[Alias("interop.resource")]
internal interface IResourceGrain : IGrainWithStringKey
{
    /// <summary>Takes the resource for a room.</summary>
    /// <returns>The room that has it, if another one does; otherwise null.</returns>
    [Alias("claim")]
    Task<RoomSummary?> Claim(RoomSummary room);

    /// <summary>Gives the resource back, if the room has it.</summary>
    [Alias("release")]
    Task Release(RoomCode room);
}

/// <inheritdoc />
internal sealed class ResourceGrain : Grain, IResourceGrain
{
    private RoomSummary? holder;

    public Task<RoomSummary?> Claim(RoomSummary room)
    {
        if (holder is not null && holder.Code != room.Code)
            return Task.FromResult<RoomSummary?>(holder);
        holder = room;
        // Idleness must not free what a room holds.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        return Task.FromResult<RoomSummary?>(null);
    }

    public Task Release(RoomCode room)
    {
        if (holder?.Code == room)
        {
            holder = null;
            DelayDeactivation(TimeSpan.Zero);
        }

        return Task.CompletedTask;
    }
}
