namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>A display name, a URI and header parameters: the value of From, To, Contact, Route and their kin.</summary>
public sealed record NameAddr(string? DisplayName, SipUri Uri, SipParameters Parameters)
{
    /// <summary>An address without display name and parameters.</summary>
    public NameAddr(SipUri uri) : this(null, uri, SipParameters.Empty) { }

    /// <summary>The tag parameter of From and To.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>The same with this tag.</summary>
    public NameAddr WithTag(string? tag) =>
        this with { Parameters = tag is null ? Parameters.Without("tag") : Parameters.With("tag", tag) };

    /// <summary>Reads one value; <c>*</c> is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NameAddr address)
    {
        address = null!;
        text = HeaderLexer.Trim(text);
        if (text.IsEmpty) return false;
        string? name = null;
        var quoted = HeaderLexer.QuotedLength(text);
        if (text[0] == '"')
        {
            if (quoted < 0) return false;
            name = HeaderLexer.Unquote(text[..quoted]);
            text = HeaderLexer.Trim(text[quoted..]);
            if (!text.StartsWith('<')) return false;
        }

        var open = text.IndexOf('<');
        if (open < 0) return TryParseBare(text, out address);
        if (open > 0)
        {
            var words = HeaderLexer.Trim(text[..open]);
            // The grammar wants tokens; peers write other letters too. What would separate values or parameters stays refused.
            if (words.IndexOfAny(",;\"") >= 0) return false;
            name = words.ToString();
        }

        text = text[(open + 1)..];
        var close = text.IndexOf('>');
        if (close < 0 || !SipUri.TryParse(text[..close], out var uri)) return false;
        if (!SipParameters.TryParse(text[(close + 1)..], out var parameters)) return false;
        address = new NameAddr(name, uri, parameters);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.IsNullOrEmpty(DisplayName) ? $"<{Uri}>{Parameters}" : $"{HeaderLexer.Quote(DisplayName)} <{Uri}>{Parameters}";

    private static bool TryParseBare(ReadOnlySpan<char> text, out NameAddr address)
    {
        address = null!;
        var semicolon = text.IndexOf(';');
        var bare = HeaderLexer.Trim(semicolon < 0 ? text : text[..semicolon]);
        // RFC 3261 section 20: a URI with a comma, question mark or semicolon MUST be in angle brackets.
        if (bare.IndexOfAny(",?") >= 0 || !SipUri.TryParse(bare, out var uri)) return false;
        if (!SipParameters.TryParse(semicolon < 0 ? default : text[semicolon..], out var parameters)) return false;
        address = new NameAddr(null, uri, parameters);
        return true;
    }
}
