using System.Collections.Immutable;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;

namespace Interop.Hub.Domain.Directory;

/// <summary>What follows from a change of the directory, or why it is refused.</summary>
internal readonly record struct AgencyDecision(ImmutableArray<AgencyEvent> Events, Refusal? Refusal)
{
    public static implicit operator AgencyDecision(Refusal refusal) => new([], refusal);
}

/// <summary>Decides over an agency's directory. Only its administrators and the provisioning file change it.</summary>
internal static class AgencyDecider
{
    /// <summary>Applies each entry whose content is new; all of them, or, if one is wrong, none.</summary>
    public static AgencyDecision Provision(AgencyState state, IReadOnlyList<DirectoryEntry> entries, Actor actor)
    {
        if (Denied(state, actor) is { } refusal)
            return refusal;
        var events = ImmutableArray.CreateBuilder<AgencyEvent>();
        foreach (var entry in entries)
        {
            if (EntryRules.Fault(state.Agency, entry) is { } fault)
                return fault;
            var hash = EntryKey.HashOf(entry);
            if (!state.Provisioned.Contains((EntryKey.Of(entry), hash)))
                events.Add(new EntryProvisioned(entry, hash));
        }

        return state.Entries.Count + events.Count > Limits.DirectoryEntries ? Full() : new AgencyDecision(events.ToImmutable(), null);
    }

    public static AgencyDecision Put(AgencyState state, DirectoryEntry entry, Actor actor)
    {
        if (Denied(state, actor) is { } refusal)
            return refusal;
        if (EntryRules.Fault(state.Agency, entry) is { } fault)
            return fault;
        var key = EntryKey.Of(entry);
        if (state.Entries.TryGetValue(key, out var known))
            return EntryKey.HashOf(known) == EntryKey.HashOf(entry) ? new AgencyDecision([], null) : new AgencyDecision([new EntryPut(entry)], null);
        return state.Entries.Count >= Limits.DirectoryEntries ? Full() : new AgencyDecision([new EntryPut(entry)], null);
    }

    public static AgencyDecision Remove(AgencyState state, string kind, string id, Actor actor)
    {
        if (Denied(state, actor) is { } refusal)
            return refusal;
        if (!EntryKey.IsKind(kind))
            return new Refusal(RefusalKind.Invalid, "directory.invalid", $"'{kind}' is no kind of entry.", "kind");
        return state.Entries.ContainsKey(new EntryKey(kind, id))
            ? new AgencyDecision([new EntryRemoved(kind, id)], null)
            : new Refusal(RefusalKind.NotFound, "directory.unknown", $"The agency has no {kind} '{id}'.");
    }

    private static Refusal? Denied(AgencyState state, Actor actor) =>
        actor.Kind == ActorKind.Provisioning || actor.Is(state.Agency, Role.Administrator)
            ? null
            : new Refusal(RefusalKind.Denied, "directory.not-allowed", "Only an administrator of the agency changes its directory.");

    private static Refusal Full() =>
        new(RefusalKind.Unavailable, "directory.full", $"The agency has {Limits.DirectoryEntries} entries, which is the most; remove some first.");
}
