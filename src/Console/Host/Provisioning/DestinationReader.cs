using System.Text.RegularExpressions;
using Interop.Hub.Contracts.Directory;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads where an agency may call; the directory looks closer at the pattern when it is applied.</summary>
internal static partial class DestinationReader
{
    public static DestinationEntry Read(EntryReader entry, string id)
    {
        var pattern = entry.Text("pattern");
        if (pattern.Length > 0 && !Form().IsMatch(pattern))
            entry.Error("pattern", "must be sip:user@host, sips:user@host or tel:number, with * for any characters and ? for one.");
        return new DestinationEntry(id, pattern, entry.OptionalText("name"));
    }

    [GeneratedRegex("^(?:sips?:[^\\s%\"<>]+|tel:[+]?[-0-9.()*?]+)\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
