namespace Interop.Hub.Contracts.Journal;

/// <summary>One entry of an append-only record.</summary>
/// <param name="Stream">Whose record: <c>room/4201</c>, <c>agency/hpd</c>.</param>
/// <param name="Version">1 for the first entry of a stream, then without a gap.</param>
/// <param name="Epoch">The activation that wrote it.</param>
/// <param name="Time">When, with its offset from UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Command">The command that it follows from.</param>
/// <param name="Type">What happened: <c>leg.joined</c>.</param>
/// <param name="Data">The details, as JSON text, exactly as hashed.</param>
/// <param name="PreviousHash">The hash of the entry before, lowercase hex; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over this entry and the hash before it, lowercase hex.</param>
[GenerateSerializer, Alias("interop.journal-entry")]
public sealed record JournalEntry(
    string Stream,
    long Version,
    long Epoch,
    DateTimeOffset Time,
    Actor Actor,
    string Command,
    string Type,
    string Data,
    string PreviousHash,
    string Hash);
