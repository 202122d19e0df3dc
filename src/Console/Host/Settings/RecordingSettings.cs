using Interop.Bridges.Core.Recording;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Settings;

/// <summary>Where recordings are kept, and what holds for rooms whose owner has no rule for them.</summary>
internal sealed record RecordingSettings(RecorderOptions Recorder, RecordingRule Rule)
{
    private const int MostDays = 36_500;
    private const int MostMegabytes = 100_000_000;

    public static RecordingSettings Read(SettingsReader reader, DataOptions data)
    {
        var directory = reader.Text("Recording:Directory") ?? data.Recordings;
        if (directory.Contains('\0', StringComparison.Ordinal) || File.Exists(directory))
        {
            reader.Error("Recording:Directory", $"\"{directory}\" must be a directory.");
            directory = data.Recordings;
        }

        return new RecordingSettings(
            new RecorderOptions(Path.GetFullPath(directory), 1_000_000L * reader.Number("Recording:LeaveFreeMegabytes", 500, 0, MostMegabytes)),
            new RecordingRule(
                reader.Flag("Recording:On", RecordingRule.Default.Record),
                reader.Number("Recording:KeepDays", RecordingRule.Default.KeepDays, 1, MostDays)));
    }
}
