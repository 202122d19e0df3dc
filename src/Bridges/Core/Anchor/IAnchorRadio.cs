using Interop.Bridges.Core.Legs;
using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Opens radio channels in the voice of the rooms that are anchored here.</summary>
public interface IAnchorRadio
{
    /// <summary>Opens the channel in the mode that the newest plan gives it; a channel that the plan no longer names stays shut.</summary>
    Task<LegAttempt> OpenAsync(RoomCode room, LegId leg, RadioSettings settings);

    /// <summary>Whether the channel is open.</summary>
    bool IsOpen(RoomCode room, LegId leg);
}
