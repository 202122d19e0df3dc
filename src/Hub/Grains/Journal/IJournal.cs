using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Journal;

namespace Interop.Hub.Grains.Journal;

/// <summary>The hub's append-only record: streams of entries, each chained to the one before.</summary>
/// <remarks>
/// An append that returned <see cref="AppendOutcome.Written"/> survives kill -9 and loss of power. A call that throws
/// may or may not have written; who needs to know settles, and then reads the stream again.
/// </remarks>
internal interface IJournal
{
    /// <summary>Fences every earlier activation of a stream, and gives the epoch of this one.</summary>
    Task<long> RaiseEpoch(string stream, CancellationToken cancel);

    /// <summary>Appends all entries or none.</summary>
    Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancel);

    /// <summary>Returns when every append to the stream that was begun before has come to its end: a read after it shows what became of them.</summary>
    Task Settle(string stream, CancellationToken cancel);

    /// <summary>A stretch of a stream, oldest first.</summary>
    /// <param name="stream">Which.</param>
    /// <param name="afterVersion">Entries after this version.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="except">Types that are passed over and not counted, so that a short page is the last one all the same.</param>
    Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int count, CancellationToken cancel, IReadOnlyList<string>? except = null);

    /// <summary>The streams that have entries and whose name begins so, in ordinal order.</summary>
    Task<IReadOnlyList<string>> Streams(string prefix, CancellationToken cancel);
}

/// <summary>What became of an append.</summary>
internal enum AppendOutcome
{
    /// <summary>It is in the record.</summary>
    Written,

    /// <summary>A newer activation of the stream exists; this one must stop.</summary>
    Fenced,

    /// <summary>The stream is not at the expected version.</summary>
    Conflict,
}

/// <summary>Entries to append to one stream.</summary>
/// <param name="Epoch">The activation that appends; an older one than the stream's is fenced.</param>
/// <param name="ExpectedVersion">The version that the stream must have.</param>
internal sealed record JournalAppend(string Stream, long Epoch, long ExpectedVersion, IReadOnlyList<NewEntry> Entries);

/// <summary>An entry before it has its place in the chain.</summary>
internal sealed record NewEntry(DateTimeOffset Time, Actor Actor, string Command, string Type, string Data);
