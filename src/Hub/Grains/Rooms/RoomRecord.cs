using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Grains.Journal;

namespace Interop.Hub.Grains.Rooms;

/// <summary>A room's state, and its journal behind it.</summary>
/// <remarks>
/// Widening acts are written and then hold. Restricting acts hold at once and are written after: those that the journal
/// has not taken yet stand in a bounded line, and nothing else is written before them. A write that failed may still be
/// in the journal, so after one the stream is read again before the next.
/// </remarks>
internal sealed class RoomRecord(IJournal journal, RoomCode code)
{
    /// <summary>Acts that may wait to be recorded; far more than a room has legs to cut off.</summary>
    private const int MostWaiting = 2_000;

    private readonly StreamRecord<RoomEvent> stream = new(journal, $"room/{code}", RoomEvent.Names);
    private readonly Queue<Act> waiting = [];
    private bool uncertain;

    public RoomState State { get; private set; } = new(code);

    public Receipts Receipts { get; } = new();

    public long Epoch => stream.Epoch;

    /// <summary>The version that the journal has, or will have once it took what waits.</summary>
    public long Version { get; private set; }

    public int Waiting => waiting.Count;

    /// <summary>What must be done before a widening act may be written.</summary>
    public bool IsBehind => uncertain || waiting.Count > 0;

    public async Task Open(CancellationToken cancel) => Replay(await stream.Open(cancel));

    /// <summary>Takes effect now; <see cref="Catch"/> writes it. False when too much waits already.</summary>
    public bool Hold(IReadOnlyList<RoomEvent> events, Actor actor, CommandId id, DateTimeOffset at)
    {
        if (waiting.Count >= MostWaiting)
            return false;
        var act = new Act(events, actor, id, at);
        waiting.Enqueue(act);
        Apply(act);
        return true;
    }

    /// <summary>Writes, and then takes effect.</summary>
    public async Task<AppendOutcome> Write(
        IReadOnlyList<RoomEvent> events, Actor actor, CommandId id, DateTimeOffset at, CancellationToken cancel)
    {
        var outcome = await Append(new Act(events, actor, id, at), cancel);
        if (outcome == AppendOutcome.Written)
            Apply(new Act(events, actor, id, at));
        return outcome;
    }

    /// <summary>Brings journal and room together: reads again after a failure, then writes what waits.</summary>
    /// <returns>What the last write came to, and whether the room turned out to be different from what it showed.</returns>
    public async Task<(AppendOutcome Outcome, bool Changed)> Catch(CancellationToken cancel)
    {
        var changed = uncertain && await ReadAgain(cancel);
        while (waiting.TryPeek(out var act))
        {
            var outcome = await Append(act, cancel);
            if (outcome != AppendOutcome.Written)
                return (outcome, changed);
            waiting.Dequeue();
        }

        return (AppendOutcome.Written, changed);
    }

    private async Task<AppendOutcome> Append(Act act, CancellationToken cancel)
    {
        try
        {
            return await stream.Append(act.Events, act.Actor, act.Id, act.At, cancel);
        }
        catch
        {
            uncertain = true;
            throw;
        }
    }

    private async Task<bool> ReadAgain(CancellationToken cancel)
    {
        var before = Version;
        var entries = await stream.ReadAgain(cancel);
        var written = entries.Select(entry => (entry.Actor.Agency, entry.Command)).ToHashSet();
        var rest = waiting.Where(act => !written.Contains((act.Actor.Agency, act.Id.Value))).ToArray();
        Replay(entries);
        waiting.Clear();
        foreach (var act in rest)
        {
            waiting.Enqueue(act);
            Apply(act);
        }

        uncertain = false;
        return Version != before;
    }

    private void Replay(IReadOnlyList<JournalEntry> entries)
    {
        var state = new RoomState(code);
        foreach (var entry in entries)
            state = state.Evolve(stream.Event(entry), new Occasion(entry.Actor, entry.Time));
        State = state;
        Version = stream.Version;
        Receipts.Rebuild(entries, stream.Event);
    }

    private void Apply(Act act)
    {
        foreach (var happened in act.Events)
            State = State.Evolve(happened, new Occasion(act.Actor, act.At));
        Version += act.Events.Count;
        Receipts.Remember(act.Actor, act.Id, new RoomReceipt(Version, RoomLive.Created(act.Events)));
    }

    private sealed record Act(IReadOnlyList<RoomEvent> Events, Actor Actor, CommandId Id, DateTimeOffset At);
}
