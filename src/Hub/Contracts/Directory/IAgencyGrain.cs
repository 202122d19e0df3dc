using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Directory;

/// <summary>One agency and all that it owns; its key is the agency's id.</summary>
[Alias("interop.agency")]
public interface IAgencyGrain : IGrainWithStringKey
{
    /// <summary>Applies provisioned entries, each once for its content.</summary>
    /// <remarks>
    /// An entry whose content was provisioned before changes nothing, whatever the console has made of it since;
    /// an entry that is missing deletes nothing (design rule 7).
    /// </remarks>
    [Alias("provision")]
    Task<Outcome<ProvisioningReceipt>> Provision(IReadOnlyList<DirectoryEntry> entries, Actor actor);

    /// <summary>Adds or replaces one entry.</summary>
    [Alias("put")]
    Task<Outcome<ProvisioningReceipt>> Put(DirectoryEntry entry, Actor actor, CommandId id);

    /// <summary>Removes one entry; a later provisioning of the same content does not bring it back.</summary>
    [Alias("remove")]
    Task<Outcome<ProvisioningReceipt>> Remove(string kind, string entryId, Actor actor, CommandId id);
}

/// <summary>How many entries a provisioning changed, and how many it left as they were.</summary>
[GenerateSerializer, Alias("interop.provisioning-receipt")]
public sealed record ProvisioningReceipt(int Changed, int Unchanged);
