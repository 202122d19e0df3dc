using Interop.Hub.Contracts.Directory;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads whether an agency's rooms are recorded, and for how long.</summary>
internal static class RecordingReader
{
    public static RecordingEntry Read(EntryReader entry, string id)
    {
        var record = entry.Flag("record") || !entry.Has("record");
        return new RecordingEntry(id, PlaybookReader.RoomType(entry), record, entry.Number("keepDays", 90, 1, 36_500));
    }
}
