using System.Security.Cryptography;
using Interop.Bridges.Media.Recording;
using Interop.Hub.Grains.Journal;

namespace Interop.Console.Host.Commands;

/// <summary>Holds the recordings that are here against the hashes that the record has of them.</summary>
internal sealed record AudioCheck(int Whole, int Deleted, IReadOnlyList<string> Faults)
{
    public static AudioCheck Of(IEnumerable<RecordedFile> recorded, SegmentFolder folder)
    {
        var (whole, deleted) = (0, 0);
        var faults = new List<string>();
        foreach (var (room, segment, reason) in recorded)
        {
            using var file = folder.Open(room.Value, segment.Id);
            if (reason is not null && file is null)
                deleted++;
            else if (reason is not null)
                faults.Add($"room {room}, {segment.Id}: is still there, and the record says that it was deleted ({reason}).");
            else if (file is null)
                faults.Add($"room {room}, {segment.Id}: is missing, and nothing in the record says that it was deleted.");
            else if (Convert.ToHexStringLower(SHA256.HashData(file)) != segment.Sha256)
                faults.Add($"room {room}, {segment.Id}: is changed; its hash is not the one in the record.");
            else
                whole++;
        }

        return new AudioCheck(whole, deleted, faults);
    }
}
