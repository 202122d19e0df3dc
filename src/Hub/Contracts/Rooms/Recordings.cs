using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>Whether a room's voice is recorded.</summary>
public enum RecordingStatus
{
    /// <summary>It is not.</summary>
    Off,

    /// <summary>It is.</summary>
    On,

    /// <summary>It should be and is not; the voice goes on.</summary>
    Failed,
}

/// <summary>What a segment holds.</summary>
public enum SegmentKind
{
    /// <summary>What one leg said.</summary>
    Transmission,

    /// <summary>What the room heard.</summary>
    Mix,
}

/// <summary>One file of recorded voice.</summary>
/// <param name="Id">32 hexadecimal digits that nobody can guess.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Leg">By which leg it was said; null for the mix.</param>
/// <param name="Talker">Who said it, as the roster named them then; null for the mix.</param>
/// <param name="Agency">Whose voice it is; null for the mix.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="LengthMs">How long it is.</param>
/// <param name="Octets">The size of its file.</param>
/// <param name="Sha256">The hash of its file, lowercase hex.</param>
/// <param name="LostMs">How much of it is silence in place of what could not be recorded.</param>
[GenerateSerializer, Alias("interop.recorded-segment")]
public sealed record RecordedSegment(
    string Id, SegmentKind Kind, LegId? Leg, string? Talker, AgencyId? Agency, DateTimeOffset StartedAt, int LengthMs, long Octets, string Sha256, int LostMs = 0);

/// <summary>How a room is recorded.</summary>
/// <param name="Status">Whether it is.</param>
/// <param name="Cause">Why not, where it should be.</param>
/// <param name="Segments">How many segments are kept.</param>
/// <param name="Hold">The legal hold under which nothing is deleted, if there is one.</param>
[GenerateSerializer, Alias("interop.recording-view")]
public sealed record RecordingView(RecordingStatus Status, string? Cause, int Segments, LegalHold? Hold);

/// <summary>Recordings that are kept whatever their age.</summary>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Alias("interop.legal-hold")]
public sealed record LegalHold(string By, DateTimeOffset At, string Reason);

/// <summary>What a node saw: segments whose files are finished. One that the room knows is not entered again.</summary>
[GenerateSerializer, Alias("interop.room-command.record-segments")]
public sealed record RecordSegments(IReadOnlyList<RecordedSegment> Segments) : RoomCommand;

/// <summary>What a node saw: whether the room's voice is recorded, and why not.</summary>
[GenerateSerializer, Alias("interop.room-command.tell-recording")]
public sealed record TellRecording(RecordingStatus Status, string? Cause) : RoomCommand;

/// <summary>The actor wants to hear a segment; whoever is given it stands in the record first.</summary>
[GenerateSerializer, Alias("interop.room-command.hear-recording")]
public sealed record HearRecording(string Segment) : RoomCommand;

/// <summary>Keeps every recording of the room, whatever its age, until the hold is released.</summary>
[GenerateSerializer, Alias("interop.room-command.hold-recordings")]
public sealed record HoldRecordings(string? Reason) : RoomCommand;

/// <summary>Ends a legal hold; what is over its age is deleted from then on.</summary>
[GenerateSerializer, Alias("interop.room-command.release-recordings")]
public sealed record ReleaseRecordings(string? Reason) : RoomCommand;

/// <summary>What a node did: the files of these segments are deleted, since their time was up.</summary>
[GenerateSerializer, Alias("interop.room-command.forget-recordings")]
public sealed record ForgetRecordings(IReadOnlyList<string> Segments) : RoomCommand;
