using System.CommandLine;
using Interop.Console.Host.Settings;
using Interop.Hub.Grains.Journal;

namespace Interop.Console.Host.Commands;

/// <summary><c>interop journal verify</c>: whether the record is whole.</summary>
internal static class JournalCommands
{
    public static Command Make()
    {
        var room = new Option<string?>("--room") { Description = "Only the record of the room with this dial code." };
        var verify = new Command("verify", "Verifies the chain of hashes, and names the first broken entry.") { room };
        verify.SetAction(result => Verify(result.GetValue(room)));
        return new Command("journal", "The record of what happened.") { verify };
    }

    private static int Verify(string? room)
    {
        var (settings, errors) = NodeSettings.Read(RunNode.Builder().Configuration);
        if (errors.Count > 0)
            return CommandLine.Refuse("The settings are wrong:", errors);
        try
        {
            var found = JournalVerifier.Verify(new JournalOptions { Directory = settings.Data.Directory }, room is null ? null : $"room/{room}");
            if (found.FirstBroken is { } broken)
                return CommandLine.Refuse("BROKEN", [$"{broken.Stream}, entry {broken.Version}: {broken.Text}"]);
            System.Console.WriteLine($"OK: {found.Entries} entries in {found.Streams} records.");
            return 0;
        }
        catch (FileNotFoundException missing)
        {
            return CommandLine.Refuse("Nothing was verified:", [missing.Message]);
        }
    }
}
