using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Core.Anchor;

/// <summary>The browsers in the voice of the rooms that are anchored here.</summary>
public interface IAnchorBrowsers
{
    /// <summary>Whether the leg's browser has shaken hands and still proves that it is there.</summary>
    bool IsConnected(RoomCode room, LegId leg);
}
