namespace Interop.Console.Host.Directory;

/// <summary>What may be a sign-in name: one @ with something on both sides, and nothing that is invisible.</summary>
internal static class EmailAddress
{
    public static bool IsValid(string? email) =>
        email is { Length: >= 3 and <= 200 }
        && email.IndexOf('@', StringComparison.Ordinal) is var at and > 0
        && at < email.Length - 1
        && at == email.LastIndexOf('@')
        && !email.Any(char.IsWhiteSpace)
        && !email.Any(char.IsControl);
}
