using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Interop.Hub.Grains.Observability;

/// <summary>What the hub counts, under the meter <c>Interop.Hub</c>.</summary>
internal sealed class HubMetrics
{
    private readonly Counter<long> appends;
    private readonly Counter<long> failures;
    private readonly Histogram<int> batch;
    private readonly Histogram<double> duration;
    private readonly UpDownCounter<long> rooms;
    private readonly UpDownCounter<long> unrecorded;
    private readonly Counter<long> refusals;

    public HubMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.Name);
        appends = meter.CreateCounter<long>("interop.journal.appends", description: "Writes that were committed.");
        failures = meter.CreateCounter<long>("interop.journal.failures", description: "Commits and single writes that failed.");
        batch = meter.CreateHistogram<int>("interop.journal.batch", description: "Writes that shared a commit.");
        duration = meter.CreateHistogram<double>("interop.journal.commit.duration", "s", "How long a commit took.");
        rooms = meter.CreateUpDownCounter<long>("interop.rooms.open", description: "Open rooms that are active on this node.");
        unrecorded = meter.CreateUpDownCounter<long>(
            "interop.journal.unrecorded", description: "Acts that took effect and wait to be recorded, because the journal refuses.");
        refusals = meter.CreateCounter<long>("interop.refusals", description: "Commands that were refused, by code.");
    }

    /// <summary>Writes to the journal, or to the state beside it, were committed.</summary>
    public void Committed(string file, int writes, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>("file", file);
        appends.Add(writes, tag);
        batch.Record(writes, tag);
        duration.Record(took.TotalSeconds, tag);
    }

    public void CommitFailed(string file) => failures.Add(1, new KeyValuePair<string, object?>("file", file));

    public void RoomsOpen(int change) => rooms.Add(change);

    public void Unrecorded(int change) => unrecorded.Add(change);

    public void Refused(string code) => refusals.Add(1, new TagList { { "code", code } });
}
