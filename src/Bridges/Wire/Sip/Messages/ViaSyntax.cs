namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The parts of a Via value as spans of its text.</summary>
internal ref struct ViaSyntax
{
    private ReadOnlySpan<char> _transport;
    private HostPort _sentBy;
    private ReadOnlySpan<char> _parameters;

    public int ParameterCount { get; private set; }

    public static bool TryRead(ReadOnlySpan<char> text, out ViaSyntax via)
    {
        via = default;
        var first = text.IndexOf('/');
        if (first < 0) return false;
        var second = text[(first + 1)..].IndexOf('/');
        if (second < 0) return false;
        second += first + 1;
        if (!HeaderLexer.Trim(text[..first]).Equals("SIP", StringComparison.OrdinalIgnoreCase)) return false;
        if (!HeaderLexer.Trim(text[(first + 1)..second]).SequenceEqual("2.0")) return false;
        var rest = HeaderLexer.Trim(text[(second + 1)..]);
        var space = rest.IndexOfAny(' ', '\t');
        if (space < 0) return false;
        via._transport = rest[..space];
        if (!HeaderLexer.IsToken(via._transport)) return false;
        rest = HeaderLexer.Trim(rest[space..]);
        var semicolon = rest.IndexOf(';');
        var sentBy = HeaderLexer.Trim(semicolon < 0 ? rest : rest[..semicolon]);
        if (sentBy.Contains(' ')) sentBy = sentBy.ToString().Replace(" ", "", StringComparison.Ordinal);
        if (!HostPort.TryRead(sentBy, out via._sentBy)) return false;
        via._parameters = semicolon < 0 ? default : rest[semicolon..];
        if (!SipParameters.TryCount(via._parameters, out var count)) return false;
        via.ParameterCount = count;
        return true;
    }

    public readonly Via ToVia() =>
        new(SipWords.InternUpper(_transport), _sentBy.Host, _sentBy.Port, SipParameters.OfHeader(_parameters, ParameterCount));
}
