namespace Interop.Hub.Domain;

/// <summary>The shapes of identifiers that come from outside.</summary>
internal static class Slug
{
    /// <summary>The id of an agency or of an entry: it becomes part of a stream's name and of an address.</summary>
    public static bool IsId(string? value)
    {
        if (value is not { Length: > 0 and <= Limits.SlugLength } || !char.IsAsciiLetterOrDigit(value[0]))
            return false;
        foreach (var character in value)
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.'))
                return false;
        return true;
    }

    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public static bool IsWord(string value)
    {
        foreach (var character in value)
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
                return false;
        return value.Length > 0 && value[0] != '-';
    }

    /// <summary>What a room admits: <c>trunk:lab</c> of its owner, <c>trunk:ctic/feed</c>, <c>endpoint:hpd/desk-1</c>, <c>agency:ctic</c>.</summary>
    public static bool IsCredential(string? value)
    {
        if (value is null || value.Length > Limits.CredentialLength)
            return false;
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        var name = value[(colon + 1)..];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return value[..colon] switch
        {
            "agency" => IsId(name),
            "trunk" when slash < 0 => IsId(name),
            "trunk" or "endpoint" => slash > 0 && IsId(name[..slash]) && IsId(name[(slash + 1)..]),
            _ => false,
        };
    }

    /// <summary>A dial code: digits alone, and so many that a phone can dial it.</summary>
    public static bool IsRoomCode(string? value) =>
        value is { Length: >= 2 and <= 12 } && value.All(char.IsAsciiDigit);
}
