using System.Collections.Concurrent;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Nodes;

/// <summary>Has one link to each other node, and this node watched by them.</summary>
internal sealed partial class Watchdog(
    Members members, AnchoredRooms anchored, Standing standing, WatchListener listener, TimeProvider time, ILogger<Watchdog> log)
    : NodeTask(ServiceLifecycleStage.RuntimeGrainServices)
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<SiloAddress, PeerLink> links = [];

    /// <summary>Those that were no members any more in the last round: what they had is still asked for.</summary>
    private readonly HashSet<SiloAddress> leaving = [];

    /// <summary>What a node had when it was lost.</summary>
    public IReadOnlyCollection<KeyValuePair<RoomCode, long>> RoomsOf(SiloAddress silo) => links.TryGetValue(silo, out var link) ? link.Rooms : [];

    protected override async Task Run(CancellationToken stop)
    {
        var listening = listener.Run(stop);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await Follow();
                // Whoever is joining or leaving answers for nobody: alone among those is alone.
                if (standing.IsInDoubt)
                    await Reassure(stop);
                if (standing.IsOver)
                    LeaveAtOnce();
                await Task.Delay(Round, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            await listening;
            foreach (var (_, link) in links)
                await link.DisposeAsync();
        }
    }

    private async Task Follow()
    {
        var (others, active) = (members.Others, members.Active);
        foreach (var silo in others)
            links.GetOrAdd(silo, added => new PeerLink(added, members, anchored, standing, time, log));
        foreach (var (silo, link) in links)
        {
            if (active.Contains(silo))
                standing.Join(link);
            else
                standing.Leave(link);
            if (others.Contains(silo) || leaving.Add(silo))
                continue;
            leaving.Remove(silo);
            links.TryRemove(silo, out _);
            await link.DisposeAsync();
            standing.Leave(link);
        }
    }

    /// <summary>A node that is alone and froze may have been written off by one that has come since.</summary>
    private async Task Reassure(CancellationToken stop)
    {
        var asked = time.GetTimestamp();
        try
        {
            await members.Refresh(stop);
            if (members.Knows(members.Address) == true)
                standing.Reassure(asked);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogInDoubt(failed);
        }
    }

    /// <summary>The rooms are elsewhere by now: whatever this process still did would be done against them.</summary>
    private void LeaveAtOnce()
    {
        LogWrittenOff();
        Environment.Exit(WrittenOff);
    }

    /// <summary>The exit code of a node that the others have written off.</summary>
    private const int WrittenOff = 70;

    [LoggerMessage(1606, LogLevel.Warning, "This node froze, and the table of members cannot be read: it stays silent until that is done")]
    private partial void LogInDoubt(Exception exception);

    [LoggerMessage(1607, LogLevel.Critical, "The other nodes have written this one off, and its rooms are theirs; it ends at once and can be started anew")]
    private partial void LogWrittenOff();
}
