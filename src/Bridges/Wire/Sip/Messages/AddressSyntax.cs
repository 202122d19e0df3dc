namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The parts of a name-addr or addr-spec as spans of its text.</summary>
internal ref struct AddressSyntax
{
    private ReadOnlySpan<char> _name;
    private ReadOnlySpan<char> _parameters;
    private UriSyntax _uri;

    /// <summary>How many header parameters follow the URI.</summary>
    public int ParameterCount { get; private set; }

    public readonly int UriLength => _uri.Length;

    public readonly int UriParameterCount => _uri.ParameterCount;

    public static bool TryRead(ReadOnlySpan<char> text, out AddressSyntax address)
    {
        address = default;
        text = HeaderLexer.Trim(text);
        if (text.IsEmpty) return false;
        if (text[0] == '"')
        {
            var quoted = HeaderLexer.QuotedLength(text);
            if (quoted < 0) return false;
            address._name = text[..quoted];
            text = HeaderLexer.Trim(text[quoted..]);
            if (!text.StartsWith('<')) return false;
        }

        var open = text.IndexOf('<');
        if (open < 0) return address.TryReadBare(text);
        if (open > 0)
        {
            address._name = HeaderLexer.Trim(text[..open]);
            // The grammar wants tokens; peers write other letters too. What would separate values or parameters stays refused.
            if (address._name.ContainsAny(",;\"")) return false;
        }

        text = text[(open + 1)..];
        var close = text.IndexOf('>');
        if (close < 0 || !UriSyntax.TryRead(text[..close], out address._uri)) return false;
        return address.TryReadParameters(text[(close + 1)..]);
    }

    public readonly NameAddr ToAddress() => new(
        _name.IsEmpty ? null : HeaderLexer.Unquote(_name), _uri.ToUri(), SipParameters.OfHeader(_parameters, ParameterCount));

    private bool TryReadBare(ReadOnlySpan<char> text)
    {
        var semicolon = text.IndexOf(';');
        var bare = HeaderLexer.Trim(semicolon < 0 ? text : text[..semicolon]);
        // RFC 3261 section 20: a URI with a comma, question mark or semicolon MUST be in angle brackets.
        if (bare.ContainsAny(',', '?') || !UriSyntax.TryRead(bare, out _uri)) return false;
        return TryReadParameters(semicolon < 0 ? default : text[semicolon..]);
    }

    private bool TryReadParameters(ReadOnlySpan<char> text)
    {
        _parameters = text;
        if (!SipParameters.TryCount(text, out var count)) return false;
        ParameterCount = count;
        return true;
    }
}
