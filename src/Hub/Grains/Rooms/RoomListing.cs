using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Rooms;

/// <summary>Tells the registry how a room looks in the list, when that changed.</summary>
internal sealed class RoomListing(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>The list may lag; a room does not wait for it longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IRoomRegistryGrain registry = grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key);
    private RoomSummary? told;

    /// <summary>Whether the registry knows the room as it is; a report that failed is due again with the next change.</summary>
    public async Task<bool> Tell(RoomState state, bool again = false)
    {
        if (!state.Exists)
            return true;
        var summary = RoomLive.Summary(state);
        if (!again && told is not null && RoomLive.SameInList(told, summary))
            return true;
        told = null;
        try
        {
            await registry.Report(summary).WaitAsync(Patience, clock);
            told = summary;
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            return false;
        }
    }
}
