using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Grains.Dialling;

/// <summary>Counts the calls that one agency has placed from all rooms; its key is the agency's id.</summary>
/// <remarks>
/// An index in memory: which calls there are is in the rooms' journals, and each room says with every change which of them
/// are its own. A count that is lost with its node is made up again as the rooms speak.
/// </remarks>
[Alias("interop.agency-calls")]
internal interface IAgencyCallsGrain : IGrainWithStringKey
{
    /// <summary>Takes places for new calls of a room, all of them or none.</summary>
    /// <param name="room">The room.</param>
    /// <param name="held">The calls that it has.</param>
    /// <param name="more">Those that it wants to place.</param>
    /// <returns>The refusal, when the agency has too many or places them too fast.</returns>
    [Alias("claim")]
    Task<Refusal?> Claim(RoomCode room, IReadOnlyList<LegId> held, IReadOnlyList<LegId> more);

    /// <summary>Says which calls a room has now.</summary>
    [Alias("hold")]
    Task Hold(RoomCode room, IReadOnlyList<LegId> held);
}
