namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The sequence number and method of a request (RFC 3261 section 20.16).</summary>
public readonly record struct CSeq(uint Number, string Method)
{
    /// <summary>Reads a value; RFC 3261 section 8.1.1.5: the number MUST be less than 2**31.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CSeq cseq)
    {
        cseq = default;
        text = HeaderLexer.Trim(text);
        var space = text.IndexOfAny(' ', '\t');
        if (space < 0 || !HeaderLexer.TryNumber(text[..space], int.MaxValue, out var number)) return false;
        var method = HeaderLexer.Trim(text[space..]);
        if (!HeaderLexer.IsToken(method)) return false;
        cseq = new CSeq(number, SipMethods.Intern(method));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Number} {Method}";
}
