using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Bodies;

/// <summary>A media type with its parameters, as Content-Type holds it (RFC 2045 section 5.1).</summary>
/// <param name="Name">Type and subtype, in lower case; empty when the text was none.</param>
public sealed record MediaType(string Name, SipParameters Parameters)
{
    /// <summary>Whether it is a multipart type of whatever kind.</summary>
    public bool IsMultipart => Name.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Reads a value; white space around the slash is tolerated nowhere.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MediaType type)
    {
        type = null!;
        var end = text.IndexOf(';');
        var name = HeaderLexer.Trim(end < 0 ? text : text[..end]);
        var slash = name.IndexOf('/');
        if (slash < 0 || !HeaderLexer.IsToken(name[..slash]) || !HeaderLexer.IsToken(name[(slash + 1)..])) return false;
        if (!SipParameters.TryParse(end < 0 ? default : text[end..], out var parameters)) return false;
        type = new MediaType(SipWords.InternLower(name), parameters);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}{Parameters}";
}
