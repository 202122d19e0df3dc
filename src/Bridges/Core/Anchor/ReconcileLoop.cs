using System.Threading.Channels;
using Interop.Bridges.Core.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Keeps trying whatever a room's plan says should be and is not, with back-off, for as long as the plan says it.</summary>
/// <remarks>All of its state belongs to its one loop; plans and results reach it through a channel.</remarks>
internal sealed partial class ReconcileLoop(
    IReadOnlyDictionary<LegKind, ILegBridge> bridges,
    ILegReports reports,
    TimeProvider time,
    Random random,
    ILogger<ReconcileLoop> logger,
    CancellationToken stopping) : IDisposable
{
    private readonly Channel<Signal> _signals = Channel.CreateUnbounded<Signal>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<LegId, Pursuit> _pursuits = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    private abstract record Signal;

    private sealed record NewPlan(RoomPlan Plan) : Signal;

    private sealed record Tried(LegId Leg, Pursuit Pursuit, LegAttempt Attempt) : Signal;

    private sealed record TimeToTry : Signal;

    public void Pursue(RoomPlan plan) => _signals.Writer.TryWrite(new NewPlan(plan));

    public void Start() => Task.Run(() => RunAsync(_stop.Token), CancellationToken.None).Observe(logger, "pursue a room's plan");

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        RoomPlan? plan = null;
        await using var timer = time.CreateTimer(_ => _signals.Writer.TryWrite(new TimeToTry()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            await foreach (var signal in _signals.Reader.ReadAllAsync(stop))
            {
                if (signal is NewPlan newer)
                    plan = newer.Plan;
                else if (signal is Tried tried)
                    Settle(tried);
                if (plan is not null)
                    timer.Change(TryMissing(plan), Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var pursuit in _pursuits.Values)
                pursuit.Dispose();
        }
    }

    /// <summary>Starts what is due; says how long until something else is.</summary>
    private TimeSpan TryMissing(RoomPlan plan)
    {
        var next = Timeout.InfiniteTimeSpan;
        ForgetUnplanned(plan);
        foreach (var leg in plan.Legs)
        {
            if (!bridges.TryGetValue(leg.Kind, out var bridge) || !IsMissing(leg, bridge, plan.Room))
                continue;
            var pursuit = _pursuits.TryGetValue(leg.Id, out var known) ? known : _pursuits[leg.Id] = new Pursuit();
            if (pursuit.Trying)
                continue;
            var wait = pursuit.Due - time.GetElapsedTime(0);
            if (wait <= TimeSpan.Zero)
                TryAsync(bridge, plan, leg, pursuit).Observe(logger, "bring up a leg");
            else if (next == Timeout.InfiniteTimeSpan || wait < next)
                next = wait;
        }

        return next;
    }

    /// <summary>
    /// A SIP leg that is up may be held by another node; a radio's socket is always the anchor's own. A leg that is lost to
    /// the room and held here has its call and not its voice: the room came up anew, and its media with it.
    /// </summary>
    private static bool IsMissing(PlannedLeg leg, ILegBridge bridge, RoomCode room) => leg.Status switch
    {
        LegStatus.Lost when leg.Kind == LegKind.Sip => true,
        LegStatus.Up or LegStatus.Asking when leg.Kind == LegKind.Sip => false,
        _ => !bridge.Holds(room, leg.Id),
    };

    /// <summary>Gives up what the plan no longer wants, and the call to a party that came back by itself meanwhile.</summary>
    private void ForgetUnplanned(RoomPlan plan)
    {
        List<LegId>? gone = null;
        foreach (var (id, pursuit) in _pursuits)
        {
            var wanted = false;
            foreach (var leg in plan.Legs)
                wanted |= leg.Id == id && !(pursuit.Trying && leg is { Kind: LegKind.Sip, Status: LegStatus.Up });
            if (!wanted)
                (gone ??= []).Add(id);
        }

        foreach (var id in gone ?? [])
        {
            _pursuits[id].Dispose();
            _pursuits.Remove(id);
        }
    }

    private async Task TryAsync(ILegBridge bridge, RoomPlan plan, PlannedLeg leg, Pursuit pursuit)
    {
        pursuit.Trying = true;
        LegAttempt attempt;
        try
        {
            // Leave the loop's turn: a bridge that answers at once must not run its call inside it.
            await Task.Yield();
            attempt = await bridge.BringUpAsync(plan, leg, pursuit.Cancelled);
            // What broke again at once has been reported as lost, and must not be called up after that.
            if (!pursuit.Cancelled.IsCancellationRequested && (attempt.Result != LegResult.Up || bridge.Holds(plan.Room, leg.Id)))
                await ReportAsync(plan.Room, leg.Id, attempt, pursuit);
        }
        catch (OperationCanceledException)
        {
            attempt = LegAttempt.Lost("no longer wanted");
        }
        catch (Exception bug)
        {
            LogTryFailed(logger, bug, plan.Room, leg.Id);
            attempt = LegAttempt.Lost("the bridge failed");
        }

        _signals.Writer.TryWrite(new Tried(leg.Id, pursuit, attempt));
    }

    /// <summary>The room hears of a loss once, not of each try that failed after it.</summary>
    private Task ReportAsync(RoomCode room, LegId leg, LegAttempt attempt, Pursuit pursuit) => attempt.Result switch
    {
        LegResult.Up => reports.UpAsync(room, leg),
        LegResult.Left => reports.LeftAsync(room, leg, attempt.Cause, tried: true),
        LegResult.Lost when attempt.Cause != pursuit.LastCause => reports.LostAsync(room, leg, attempt.Cause),
        LegResult.Lost => Task.CompletedTask,
    };

    private void Settle(Tried tried)
    {
        var pursuit = tried.Pursuit;
        pursuit.Trying = false;
        pursuit.Failures = tried.Attempt.Result == LegResult.Up ? 0 : pursuit.Failures + 1;
        pursuit.LastCause = tried.Attempt.Result == LegResult.Up ? null : tried.Attempt.Cause;
        // Also after a success: a leg that breaks as soon as it is up must not be redialled in a tight circle.
        pursuit.Due = time.GetElapsedTime(0) + BackOff.After(Math.Max(1, pursuit.Failures), random.NextDouble());
        if (tried.Attempt.Result == LegResult.Lost)
            LogTriedInVain(logger, tried.Leg, pursuit.Failures, tried.Attempt.Cause);
    }

    /// <summary>What is known of the tries for one leg.</summary>
    private sealed class Pursuit : IDisposable
    {
        private readonly CancellationTokenSource _cancel = new();

        public bool Trying { get; set; }

        public int Failures { get; set; }

        public TimeSpan Due { get; set; }

        public string? LastCause { get; set; }

        public CancellationToken Cancelled => _cancel.Token;

        public void Dispose() => _cancel.Cancel();
    }

    [LoggerMessage(2010, LogLevel.Information, "Leg {Leg} is not back after {Failures} tries: {Cause}")]
    private static partial void LogTriedInVain(ILogger logger, LegId leg, int failures, string cause);

    [LoggerMessage(2011, LogLevel.Error, "The bridge failed on leg {Leg} of room {Room}")]
    private static partial void LogTryFailed(ILogger logger, Exception exception, RoomCode room, LegId leg);
}
