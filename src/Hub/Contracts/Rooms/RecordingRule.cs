using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>Whether a room's voice is recorded, and for how many days a recording is kept.</summary>
public sealed record RecordingRule(bool Record, int KeepDays)
{
    /// <summary>What holds where nobody said anything: what may be recorded, and for how long it must be kept, differs from state to state.</summary>
    public static RecordingRule Default { get; } = new(false, 90);

    /// <summary>The owner's rule for rooms of the type, else its rule for all of its rooms, else what the hub does.</summary>
    public static RecordingRule For(DirectorySnapshot directory, AgencyId owner, string type, RecordingRule otherwise)
    {
        RecordingEntry? found = null;
        foreach (var rule in directory.Find(owner)?.All<RecordingEntry>() ?? [])
            if (rule.Type == type || (rule.Type is null && found is null))
                found = rule;
        return found is null ? otherwise : new RecordingRule(found.Record, found.KeepDays);
    }
}
