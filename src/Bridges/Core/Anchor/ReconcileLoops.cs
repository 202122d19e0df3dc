using System.Collections.Concurrent;
using Interop.Bridges.Core.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Anchor;

/// <summary>One reconcile loop for each room that is anchored here.</summary>
internal sealed class ReconcileLoops(
    IEnumerable<ILegBridge> bridges,
    ILegReports reports,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<ReconcileLoop> logger)
{
    private readonly ConcurrentDictionary<RoomCode, ReconcileLoop> _loops = new();
    private readonly Dictionary<LegKind, ILegBridge> _bridges = bridges.ToDictionary(bridge => bridge.Kind);

    /// <summary>Pursues the plan from now on, in place of the one before.</summary>
    public void Pursue(RoomPlan plan)
    {
        if (!plan.Open)
        {
            Abandon(plan.Room);
            return;
        }

        _loops.GetOrAdd(plan.Room, Start).Pursue(plan);
    }

    /// <summary>Stops trying anything for the room.</summary>
    public void Abandon(RoomCode room)
    {
        if (_loops.TryRemove(room, out var loop))
            loop.Dispose();
    }

    private ReconcileLoop Start(RoomCode room)
    {
        var loop = new ReconcileLoop(_bridges, reports, time, Random.Shared, logger, lifetime.ApplicationStopping);
        loop.Start();
        return loop;
    }
}
