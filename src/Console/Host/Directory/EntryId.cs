using System.Text.RegularExpressions;

namespace Interop.Console.Host.Directory;

/// <summary>The form of the ids that people choose: of agencies, channels, people and the rest.</summary>
internal static partial class EntryId
{
    private const string Pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z";

    public const string Rule = "An id is 1 to 64 letters, digits, hyphens, dots and underscores, and begins with a letter or a digit.";

    public static bool IsValid(string? id) => id is not null && Form().IsMatch(id);

    /// <summary>An id made from words: <c>Anna Ferrari</c> becomes <c>anna-ferrari</c>.</summary>
    public static string From(string words, string otherwise)
    {
        var id = NoLetters().Replace(words.ToLowerInvariant(), "-").Trim('-');
        id = id.Length > 36 ? id[..36].TrimEnd('-') : id;
        return id.Length > 0 ? id : otherwise;
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoLetters();
}
