using System.Collections.Immutable;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Rooms;

/// <summary>Coming up, publishing, and going on while the journal refuses.</summary>
internal sealed partial class RoomGrain
{
    private static readonly TimeSpan WriteDeadline = TimeSpan.FromSeconds(6);

    /// <summary>Far more than a flush takes, even on a busy disk, and short enough for the next act that takes away.</summary>
    private static readonly TimeSpan RestrictPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a widening act waits for a record that is behind; a turn that waited longer would hold up a muting.</summary>
    private static readonly TimeSpan WidenPatience = TimeSpan.FromSeconds(1);

    /// <summary>Makes the room true again: this activation has none of the connections that the record speaks of.</summary>
    private void Resume()
    {
        var cut = State.Legs.Where(leg => leg.Status is LegStatus.Up or LegStatus.Asking).Select(leg => leg.Id).ToArray();
        if (cut.Length > 0)
            // One entry for all of them; legs that were lost before are lost still, and need none.
            record.Hold([new RoomResumed(cut)], Actor.Hub, new CommandId($"resume:{record.Epoch}"), clock.GetUtcNow());

        // What was lent until a time that passed meanwhile must not come up for a moment.
        if (Shares.End(State, clock.GetUtcNow()) is { Events: { IsEmpty: false } over })
            record.Hold(over, Actor.Hub, new CommandId($"end-shares:{record.Epoch}"), clock.GetUtcNow());
        LogResumed(code, State.Phase, record.Version, cut.Length);
        // Voice first: whoever waits for it waits for no disk and no other grain.
        PublishPlan();
        Settle();
        if (record.IsBehind)
            CatchUp().Ignore();
        calls.TellAgain(State);
        claims.TellAgain(State, record.Epoch);
    }

    private void Publish(ImmutableArray<RoomEvent> events, RoomState before)
    {
        PublishPlan();
        keys.Follow(State);
        // Conditions change what somebody sees and how legs are shown: everybody looks at the whole room.
        if (events.Any(happened => happened is ConditionsSet or CounterAnswered))
            audience.Skip();
        audience.Tell(State, record.Epoch, events.SelectMany(happened => RoomLive.Changes(happened, State)));
        claims.Tell(before, State, record.Epoch);
        calls.Tell(before, State);
        Settle();
    }

    private void PublishPlan()
    {
        media.Publish(RoomPlanner.Plan(State, record.Epoch, ++planNumber));
        if (State.IsOver)
            anchored.Release(code, record.Epoch);
        else
            anchored.Hold(code, record.Epoch, GrainContext);
    }

    /// <summary>Brings timers, counts and the stay in memory in line with the room's phase.</summary>
    private void Settle()
    {
        var open = State.Exists && !State.IsOver;
        if (open != countedOpen)
            metrics.RoomsOpen(open ? 1 : -1);
        countedOpen = open;
        // A room is held for as long as it is open, however quiet it is; a closed one may leave the memory.
        DelayDeactivation(open ? Timeout.InfiniteTimeSpan : TimeSpan.Zero);
        if (State.ClosesAt is { } at && State.Phase == RoomPhase.Closing)
            closing ??= this.RegisterGrainTimer(FinishClosing, Due(at), RetryPeriod);
        else
            Stop(ref closing);
        AwaitInvites();
        SettleEnds(open);
        SettleWatch(open);
    }

    /// <summary>The timer of the share that ends next; computed from the record, so that a restart changes nothing.</summary>
    private void SettleEnds(bool open)
    {
        var next = open ? Shares.NextEnd(State) : null;
        if (next == endingAt)
            return;
        Stop(ref ending);
        endingAt = next;
        if (next is { } at)
            ending = this.RegisterGrainTimer(FinishShares, Due(at) < LongestWait ? Due(at) : LongestWait, RetryPeriod);
    }

    private TimeSpan Due(DateTimeOffset at)
    {
        var rest = at - clock.GetUtcNow();
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private Task FinishClosing(CancellationToken cancel) =>
        Execute(new FinishClose(), Actor.Hub, new CommandId($"finish-close:{record.Epoch}:{record.Version}"));

    private async Task FinishShares(CancellationToken cancel)
    {
        if (clock.GetUtcNow() < endingAt)
        {
            endingAt = null;
            SettleEnds(open: true);
            return;
        }

        await Execute(new EndShares(), Actor.Hub, new CommandId($"end-shares:{record.Epoch}:{record.Version}"));
    }

    /// <summary>Whether the journal has everything, so that more can be written.</summary>
    /// <remarks>Acts that restrict come in while it runs, so there is one at a time: whoever asks meanwhile waits for the same.</remarks>
    private Task<bool> CatchUp() => catching.IsCompleted ? catching = CatchUpAlone() : catching;

    /// <summary>The same, waited for only so long; it goes on by itself.</summary>
    private async Task<bool> CatchUp(TimeSpan patience)
    {
        var caughtUp = CatchUp();
        await Task.WhenAny(caughtUp, Task.Delay(patience, clock));
        return caughtUp.IsCompleted && await caughtUp;
    }

    private async Task<bool> CatchUpAlone()
    {
        try
        {
            using var deadline = Deadline();
            var (outcome, changed) = await record.Catch(deadline.Token);
            if (outcome != AppendOutcome.Written)
            {
                StepDown(outcome);
                return false;
            }

            if (changed)
            {
                // A write that seemed to fail was in the journal after all.
                audience.Skip();
                calls.TellAgain(State);
                PublishPlan();
                Settle();
            }

            if (doubtful)
                claims.TellAgain(State, record.Epoch);
            doubtful = false;
            CountWaiting();
            // What was held while the last write came back goes with the next round.
            if (record.IsBehind)
                KeepRetrying();
            else
                Stop(ref retry);
            return true;
        }
        catch (Exception exception)
        {
            CountWaiting();
            LogUnrecorded(exception, code, record.Waiting);
            KeepRetrying();
            return false;
        }
    }

    private void CountWaiting()
    {
        metrics.Unrecorded(record.Waiting - countedWaiting);
        countedWaiting = record.Waiting;
    }

    /// <summary>Interleaved: a round that hangs must not hold up an act that takes away.</summary>
    private void KeepRetrying() => retry ??= this.RegisterGrainTimer(
        Retry, new GrainTimerCreationOptions { DueTime = RetryPeriod, Period = RetryPeriod, Interleave = true });

    private async Task Retry(CancellationToken cancel)
    {
        if (await CatchUp())
            await listing.Tell(State);
    }

    /// <summary>Another activation has the room, or the record went on without this one: this one must not speak again.</summary>
    private Refusal StepDown(AppendOutcome outcome)
    {
        LogSteppedDown(code, outcome, record.Epoch);
        media.Release(code, record.Epoch);
        anchored.Release(code, record.Epoch);
        Stop(ref closing);
        Stop(ref invites);
        Stop(ref ending);
        Stop(ref watching);
        Stop(ref retry);
        moved = true;
        DeactivateOnIdle();
        waker.Wake(code);
        return Moved();
    }

    private Refusal Moved() => new(RefusalKind.Unavailable, "room.moved", $"Room {code} moved to another node just now; try again.");

    private CancellationTokenSource Deadline() => new(WriteDeadline, clock);

    private static void Stop(ref IGrainTimer? timer)
    {
        timer?.Dispose();
        timer = null;
    }

    private static Refusal Unrecordable() => new(
        RefusalKind.Unavailable, "journal.unavailable", "The record cannot be written now, so nothing was changed; try again, and see to the disk.");

    /// <summary>What took effect and could still be lost with this process.</summary>
    private static Refusal Unrecorded() => new(
        RefusalKind.Unavailable, "journal.behind", "It is done, and not recorded yet because the journal does not answer; it will be when it does. Look again, and see to the disk.");

    [LoggerMessage(1101, LogLevel.Information, "Room {Room} came up {Phase} at version {Version}; {Legs} legs are to be brought back")]
    private partial void LogResumed(RoomCode room, RoomPhase? phase, long version, int legs);

    [LoggerMessage(1102, LogLevel.Debug, "Room {Room} refused {Command} of {Agency}: {Code}")]
    private partial void LogRefused(RoomCode room, string command, AgencyId agency, string code);

    [LoggerMessage(1103, LogLevel.Error, "Room {Room} could not write what was asked; it was refused")]
    private partial void LogNotWritten(Exception exception, RoomCode room);

    [LoggerMessage(1104, LogLevel.Error, "Room {Room} has {Waiting} acts that took effect and are not recorded; trying again")]
    private partial void LogUnrecorded(Exception exception, RoomCode room, int waiting);

    [LoggerMessage(1105, LogLevel.Critical, "Room {Room} leaves this node with {Waiting} acts that were never recorded")]
    private partial void LogLeftUnrecorded(RoomCode room, int waiting);

    [LoggerMessage(1106, LogLevel.Warning, "Room {Room} steps down: {Outcome} in epoch {Epoch}")]
    private partial void LogSteppedDown(RoomCode room, AppendOutcome outcome, long epoch);
}
