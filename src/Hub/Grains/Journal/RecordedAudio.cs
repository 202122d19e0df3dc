using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Journal;

/// <summary>A recording of which a record tells.</summary>
/// <param name="Room">In whose record.</param>
/// <param name="Segment">What it is, or was.</param>
/// <param name="Deleted">Why it is no longer there; null when it should be.</param>
public sealed record RecordedFile(RoomCode Room, RecordedSegment Segment, string? Deleted);

/// <summary>Reads from a journal what was recorded, whether the hub runs or not.</summary>
public static class RecordedAudio
{
    private const string Prefix = "room/";

    /// <summary>Everything that was ever recorded, in the order of the records.</summary>
    /// <param name="options">Which journal.</param>
    /// <param name="room">Of one room only.</param>
    public static IReadOnlyList<RecordedFile> Read(JournalOptions options, string? room = null)
    {
        var record = RecordToRead.Of(options);
        using var connection = record.Open(out _);
        using var command = record.Command(
            connection,
            "select stream, type, data from entries where type in ('recording.segments', 'recording.deleted') and (cast($1 as text) is null or stream = $1) order by stream, version",
            room is null ? null : Prefix + room);
        using var rows = command.ExecuteReader();
        var files = new List<RecordedFile>();
        var places = new Dictionary<string, int>();
        while (rows.Read())
            switch (RoomEvent.Names.Read(rows.GetString(1), rows.GetString(2)))
            {
                case SegmentsRecorded recorded:
                    foreach (var segment in recorded.Segments)
                    {
                        places[segment.Id] = files.Count;
                        files.Add(new RecordedFile(new RoomCode(rows.GetString(0)[Prefix.Length..]), segment, null));
                    }

                    break;
                case RecordingsDeleted deleted:
                    foreach (var id in deleted.Segments)
                        if (places.TryGetValue(id, out var at))
                            files[at] = files[at] with { Deleted = deleted.Reason };
                    break;
            }

        return files;
    }
}
