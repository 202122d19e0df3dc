using Interop.Hub.Contracts.Directory;

namespace Interop.Hub.Domain.Directory;

/// <summary>Something that happened to an agency's directory.</summary>
internal abstract record AgencyEvent
{
    public static EventNames<AgencyEvent> Names { get; } = new EventNames<AgencyEvent>()
        .With<EntryProvisioned>("entry.provisioned")
        .With<EntryPut>("entry.put")
        .With<EntryRemoved>("entry.removed");
}

/// <summary>An entry came from the provisioning file; the hash tells its content from every other.</summary>
internal sealed record EntryProvisioned(DirectoryEntry Entry, string Hash) : AgencyEvent;

internal sealed record EntryPut(DirectoryEntry Entry) : AgencyEvent;

internal sealed record EntryRemoved(string Kind, string Id) : AgencyEvent;
