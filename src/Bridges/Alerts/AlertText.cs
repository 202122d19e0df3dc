using System.Text;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Alerts;

/// <summary>Brings the text of an alert into the form that the hub keeps and shows.</summary>
internal static class AlertText
{
    public static AlertId Id(string source, string identifier) => new($"{source}|{identifier}");

    /// <summary>One line: runs of white space and control characters become a space, and the end is cut.</summary>
    /// <remarks>A control character in a headline could forge a line of a log or of a printed record.</remarks>
    public static string Line(string text, int length = AlertLimits.LineLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, length));
        foreach (var character in text)
        {
            if (line.Length > length)
                break;
            if (!char.IsWhiteSpace(character) && !char.IsControl(character))
                line.Append(character);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return Cut(line.ToString().TrimEnd(), length);
    }

    /// <summary>Text of several lines, cut; null when nothing is left.</summary>
    public static string? Lines(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var kept = new StringBuilder(Math.Min(text.Length, AlertLimits.TextLength));
        foreach (var character in text.Trim())
        {
            if (kept.Length > AlertLimits.TextLength)
                break;
            if (character == '\n' || !char.IsControl(character))
                kept.Append(character);
        }
        return Cut(kept.ToString(), AlertLimits.TextLength);
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        // Half a surrogate pair cannot be written as UTF-8, so a cut inside one takes the whole pair.
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
