using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Domain;

namespace Interop.Hub.Grains.Journal;

/// <summary>One activation's hold on its stream: the epoch that fences older ones, and the version it knows.</summary>
internal sealed class StreamRecord<TEvent>(IJournal journal, string stream, EventNames<TEvent> names)
    where TEvent : class
{
    /// <summary>0 until the stream has entries, or this activation writes the first.</summary>
    public long Epoch { get; private set; }

    public long Version { get; private set; }

    /// <summary>Reads the stream whole; a stream with entries is fenced first, so that none can follow unseen.</summary>
    public async Task<IReadOnlyList<JournalEntry>> Open(CancellationToken cancel)
    {
        // Asking after something that never was must not leave a row: callers try codes.
        if ((await journal.Read(stream, 0, 1, cancel)).Count == 0)
            return [];
        Epoch = await journal.RaiseEpoch(stream, cancel);
        return await ReadWhole(cancel);
    }

    /// <summary>Reads the stream whole after a write that is in doubt, and goes on from its end.</summary>
    /// <remarks>A write that its caller gave up may be in a commit still: read past it, and the next append would be a conflict.</remarks>
    public async Task<IReadOnlyList<JournalEntry>> ReadAgain(CancellationToken cancel)
    {
        await journal.Settle(stream, cancel);
        return await ReadWhole(cancel);
    }

    private async Task<IReadOnlyList<JournalEntry>> ReadWhole(CancellationToken cancel)
    {
        var entries = await journal.Read(stream, 0, int.MaxValue, cancel);
        Version = entries.Count == 0 ? 0 : entries[^1].Version;
        return entries;
    }

    public TEvent Event(JournalEntry entry) => names.Read(entry.Type, entry.Data);

    public async Task<AppendOutcome> Append(
        IReadOnlyList<TEvent> events, Actor actor, CommandId command, DateTimeOffset at, CancellationToken cancel)
    {
        if (Epoch == 0)
            Epoch = await journal.RaiseEpoch(stream, cancel);
        var entries = new NewEntry[events.Count];
        for (var index = 0; index < entries.Length; index++)
        {
            var (name, data) = names.Write(events[index]);
            entries[index] = new NewEntry(at, actor, command.Value, name, data);
        }

        var outcome = await journal.Append(new JournalAppend(stream, Epoch, Version, entries), cancel);
        if (outcome == AppendOutcome.Written)
            Version += entries.Length;
        return outcome;
    }
}
