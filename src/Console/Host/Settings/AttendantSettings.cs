using Interop.Bridges.Core.Attendant;

namespace Interop.Console.Host.Settings;

/// <summary>What callers hear: its language, files that replace the built-in prompts, and whether a voice on this machine speaks.</summary>
internal static class AttendantSettings
{
    public static AttendantOptions Read(SettingsReader reader)
    {
        var defaults = new AttendantOptions();
        var asked = reader.Text("Voice:Language");
        var language = asked is null ? defaults.Language : PromptBook.Language(asked);
        if (language is null)
            reader.Error("Voice:Language", $"\"{asked}\" must be one of {string.Join(", ", PromptBook.Languages)}.");
        var folder = reader.Text("Voice:Prompts");
        if (folder is not null)
            CheckFolder(reader, folder = Path.GetFullPath(folder));
        var speak = reader.Text("Voice:Speak");
        if (speak is not null && !bool.TryParse(speak, out _))
            reader.Error("Voice:Speak", $"\"{speak}\" must be true or false.");
        return new AttendantOptions(language ?? defaults.Language, folder, speak is null || !bool.TryParse(speak, out var allowed) || allowed);
    }

    private static void CheckFolder(SettingsReader reader, string folder)
    {
        if (!System.IO.Directory.Exists(folder))
        {
            reader.Error("Voice:Prompts", $"there is no folder \"{folder}\".");
            return;
        }

        PromptBook.Load(folder, out var faults);
        foreach (var fault in faults)
            reader.Error("Voice:Prompts", fault);
    }
}
