using Interop.Hub.Grains.Storage;

namespace Interop.Hub.Grains.Journal;

/// <summary>Where the journal is, and how long it may take.</summary>
public sealed class JournalOptions
{
    /// <summary>The data directory; without PostgreSQL the journal is <c>journal.db</c> in it, the state beside it <c>state.db</c>.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>The PostgreSQL of a cluster, which then keeps journal and state; null for the files of this node.</summary>
    public PostgresConnection? Postgres { get; set; }

    /// <summary>How long a write may take before its caller is told that it failed.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Writes that may wait; beyond it a writer waits, up to its deadline.</summary>
    public int QueueLength { get; set; } = 10_000;

    /// <summary>Writes that share one commit.</summary>
    public int BatchSize { get; set; } = 512;

    /// <summary>The journal's file.</summary>
    public string File => Path.Combine(Directory, "journal.db");

    /// <summary>The file of what is state and no record.</summary>
    public string StateFile => Path.Combine(Directory, "state.db");
}
