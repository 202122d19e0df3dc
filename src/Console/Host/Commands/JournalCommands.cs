using System.CommandLine;
using Interop.Bridges.Media.Recording;
using Interop.Console.Host.Rooms.Record;
using Interop.Console.Host.Settings;
using Interop.Hub.Grains.Journal;

namespace Interop.Console.Host.Commands;

/// <summary><c>interop journal verify</c>: whether the record is whole.</summary>
internal static class JournalCommands
{
    public static Command Make()
    {
        var room = new Option<string?>("--room") { Description = "Only the record of the room with this dial code." };
        var audio = new Option<bool>("--audio") { Description = "The recordings on this node too, each against its hash in the record." };
        var export = new Option<FileInfo?>("--export") { Description = "A record that was taken as JSON, in place of this hub's own." };
        var verify = new Command("verify", "Verifies the chain of hashes, and names the first broken entry.") { room, audio, export };
        verify.SetAction((result, cancel) => result.GetValue(export) is { } file
            ? VerifyExport(file, cancel)
            : Task.FromResult(Verify(result.GetValue(room), result.GetValue(audio))));
        return new Command("journal", "The record of what happened.") { verify };
    }

    private static int Verify(string? room, bool audio)
    {
        var (settings, errors) = NodeSettings.Read(RunNode.Builder().Configuration);
        if (errors.Count > 0)
            return CommandLine.Refuse("The settings are wrong:", errors);
        try
        {
            var options = new JournalOptions { Directory = settings.Data.Directory, Postgres = settings.Data.Postgres };
            var found = JournalVerifier.Verify(options, room is null ? null : $"room/{room}");
            if (found.FirstBroken is { } broken)
                return CommandLine.Refuse("BROKEN", [$"{broken.Stream}, entry {broken.Version}: {broken.Text}"]);
            System.Console.WriteLine($"OK: {found.Entries} entries in {found.Streams} records.");
            return audio ? VerifyAudio(options, room, settings.Recording) : 0;
        }
        catch (IOException missing)
        {
            return CommandLine.Refuse("Nothing was verified:", [missing.Message]);
        }
    }

    private static async Task<int> VerifyExport(FileInfo file, CancellationToken cancel)
    {
        if (!file.Exists)
            return CommandLine.Refuse("Nothing was verified:", [$"There is no file {file.FullName}."]);
        await using var stream = file.OpenRead();
        var check = await ExportCheck.Of(stream, cancel);
        if (check.Fault is { } fault)
            return CommandLine.Refuse("BROKEN", [$"{file.Name}: {fault}"]);
        System.Console.WriteLine($"OK: {check.Entries} entries{(check.Withheld == 0 ? "" : $", of which {check.Withheld} are withheld and prove their place alone")}. The words beside them are for people, and prove nothing.");
        return 0;
    }

    private static int VerifyAudio(JournalOptions options, string? room, RecordingSettings recording)
    {
        var check = AudioCheck.Of(RecordedAudio.Read(options, room), new SegmentFolder(recording.Recorder.Directory, recording.Recorder.LeaveFree));
        System.Console.WriteLine($"Recordings: {check.Whole} are whole, {check.Deleted} were deleted as the record says.");
        return check.Faults.Count == 0 ? 0 : CommandLine.Refuse("NOT WHOLE", check.Faults);
    }
}
