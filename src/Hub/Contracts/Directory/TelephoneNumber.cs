namespace Interop.Hub.Contracts.Directory;

/// <summary>A telephone number as a tel: URI has it (RFC 3966).</summary>
public static class TelephoneNumber
{
    private const string Scheme = "tel:";

    /// <summary>Whether an address is a tel: URI, right or wrong.</summary>
    public static bool IsTel(string? uri) => uri?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The number of a tel: URI; null when it is none, or when parameters (another context, an extension) make it more than a number.</summary>
    public static string? Read(string? uri) => IsTel(uri) ? Plain(uri![Scheme.Length..]) : null;

    /// <summary>A number without its visual separators (RFC 3966 section 5.1.1); null when the text is anything else.</summary>
    public static string? Plain(string text)
    {
        var number = string.Concat(text.Where(static character => character is not ('-' or '.' or '(' or ')')));
        var digits = number.StartsWith('+') ? number[1..] : number;
        return digits.Length > 0 && digits.All(char.IsAsciiDigit) ? number : null;
    }
}
