using System.Collections.Immutable;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What a room knows of its recordings: those that are deleted are in the journal alone.</summary>
internal sealed record RoomRecordings(RecordingStatus Status, string? Cause, LegalHold? Hold, ImmutableDictionary<string, RecordedSegment> Kept)
{
    public static RoomRecordings None { get; } = new(RecordingStatus.Off, null, null, ImmutableDictionary<string, RecordedSegment>.Empty);

    /// <summary>Null for a room of which nothing was ever recorded.</summary>
    public RecordingView? View => Status == RecordingStatus.Off && Hold is null && Kept.IsEmpty ? null : new RecordingView(Status, Cause, Kept.Count, Hold);
}

/// <summary>Recording, hearing, holding and deleting. A closed room's recordings are kept, heard and held like any other's.</summary>
internal static class Recordings
{
    /// <summary>Entries of the record that only those read who may hear: they list who talked when, and who listened.</summary>
    public static IReadOnlyList<string> ForHearers { get; } = ["recording.segments", "recording.heard", "recording.deleted"];

    public static Decision Enter(RoomState state, RecordSegments command)
    {
        if (command.Segments.Count > Limits.SegmentsAtOnce)
            return Refusals.Invalid("segments", $"The most segments at once are {Limits.SegmentsAtOnce}.");
        var unknown = command.Segments.Where(segment => !state.Recordings.Kept.ContainsKey(segment.Id)).ToArray();
        return unknown.Length == 0 ? Decision.Nothing : new SegmentsRecorded(unknown);
    }

    /// <summary>A failure that goes on is one failure, however its words change.</summary>
    public static Decision Tell(RoomState state, TellRecording command) => (command.Status, state.Recordings.Status) switch
    {
        var (told, known) when told == known => Decision.Nothing,
        (RecordingStatus.On, _) => new RecordingStarted(),
        (RecordingStatus.Off, _) => new RecordingStopped(),
        _ => new RecordingFailed(FieldRules.Cut(command.Cause ?? "", Limits.ReasonLength)),
    };

    public static Decision Hear(RoomState state, HearRecording command) =>
        state.Recordings.Kept.ContainsKey(command.Segment) ? new RecordingHeard(command.Segment) : Unknown();

    public static Decision Hold(RoomState state, HoldRecordings command)
    {
        if (FieldRules.Line("reason", command.Reason, Limits.ReasonLength) is { } wrong)
            return wrong;
        return state.Recordings.Hold is null
            ? new RecordingsHeld(command.Reason!)
            : new Refusal(RefusalKind.Conflict, "recording.held", $"{state.Recordings.Hold.By} holds the recordings already; there is one hold at a time.");
    }

    public static Decision Release(RoomState state, ReleaseRecordings command)
    {
        if (FieldRules.Line("reason", command.Reason, Limits.ReasonLength) is { } wrong)
            return wrong;
        return state.Recordings.Hold is null ? Decision.Nothing : new RecordingsReleased(command.Reason!);
    }

    /// <summary>The files are gone whatever is decided here, so the record says so.</summary>
    public static Decision Forget(RoomState state, ForgetRecordings command, RecordingRule rule)
    {
        var known = command.Segments.Where(state.Recordings.Kept.ContainsKey).ToArray();
        return known.Length == 0 ? Decision.Nothing : new RecordingsDeleted(known, $"kept for {rule.KeepDays} days");
    }

    /// <summary>Segments whose time is up, the oldest first; none under a hold.</summary>
    public static string[] Expired(RoomState state, RecordingRule rule, DateTimeOffset now) => state.Recordings.Hold is not null
        ? []
        : [.. state.Recordings.Kept.Values
            .Where(segment => segment.StartedAt.AddMilliseconds(segment.LengthMs).AddDays(rule.KeepDays) <= now)
            .OrderBy(segment => segment.StartedAt)
            .ThenBy(segment => segment.Id, StringComparer.Ordinal)
            .Take(Limits.SegmentsAtOnce)
            .Select(segment => segment.Id)];

    public static Refusal Unknown() => new(RefusalKind.NotFound, "recording.unknown", "The room has no such recording; it may have been deleted when its time was up.");
}
