using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Grains.Storage;

namespace Interop.Hub.Grains.Journal;

/// <summary>A recording of which a record tells.</summary>
/// <param name="Room">In whose record.</param>
/// <param name="Segment">What it is, or was.</param>
/// <param name="Deleted">Why it is no longer there; null when it should be.</param>
public sealed record RecordedFile(RoomCode Room, RecordedSegment Segment, string? Deleted);

/// <summary>Reads from a journal's file what was recorded, whether the hub runs or not.</summary>
public static class RecordedAudio
{
    private const string Prefix = "room/";

    /// <summary>Everything that was ever recorded, in the order of the records.</summary>
    /// <param name="options">Which journal.</param>
    /// <param name="room">Of one room only.</param>
    public static IReadOnlyList<RecordedFile> Read(JournalOptions options, string? room = null)
    {
        using var connection = SqliteFile.OpenToRead(options.File);
        using var command = connection.CreateCommand();
        command.CommandText = "select stream, type, data from entries where type in ('recording.segments', 'recording.deleted') and ($1 is null or stream = $1) order by stream, version";
        command.Parameters.AddWithValue("$1", room is null ? DBNull.Value : Prefix + room);
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
