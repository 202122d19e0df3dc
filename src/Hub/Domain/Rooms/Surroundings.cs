using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What a decision may know beside the room itself.</summary>
/// <param name="Directory">Who there is, and where they can be called.</param>
internal sealed record Surroundings(DirectorySnapshot Directory)
{
    /// <summary>An agency's own entry, if the directory has it.</summary>
    public AgencyEntry? Agency(AgencyId agency) => Directory.Find(agency)?.Find<AgencyEntry>(agency.Value);

    /// <summary>What people call an agency; its id when the directory has no better.</summary>
    public string NameOf(AgencyId agency) => Agency(agency)?.Name ?? agency.Value;
}
