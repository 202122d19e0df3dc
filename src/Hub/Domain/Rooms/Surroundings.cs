using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What a decision may know beside the room itself.</summary>
/// <param name="Directory">Who there is, and where they can be called.</param>
/// <param name="Recording">For how long the room's recordings are kept; only a deletion needs to know.</param>
internal sealed record Surroundings(DirectorySnapshot Directory, RecordingRule? Recording = null)
{
    /// <summary>An agency's own entry, if the directory has it.</summary>
    public AgencyEntry? Agency(AgencyId agency) => Directory.Find(agency)?.Find<AgencyEntry>(agency.Value);

    /// <summary>The person who is asked, if one is and the directory has them.</summary>
    public PersonEntry? Person(Invitee whom) => whom.Person is { } id ? Directory.Find(whom.Agency)?.Find<PersonEntry>(id) : null;

    /// <summary>Where somebody who is asked is called: where it was said, else at the person's own address, or an agency at its duty desk. Those with a role have no number of their own, and a desk is not theirs to answer for; null for nowhere.</summary>
    public string? AddressOf(Invitee whom) => whom.Call ?? (whom.Person is not null ? Person(whom)?.Sip : whom.Role is null ? Agency(whom.Agency)?.Desk : null);

    /// <summary>What people call an agency; its id when the directory has no better.</summary>
    public string NameOf(AgencyId agency) => Agency(agency)?.Name ?? agency.Value;
}
