using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>Which provisional response a PRACK acknowledges (RFC 3262 section 7.2).</summary>
/// <param name="Response">The RSeq of that response.</param>
/// <param name="Request">The CSeq that it answered.</param>
public readonly record struct RAck(uint Response, CSeq Request)
{
    /// <summary>Reads a value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RAck acknowledged)
    {
        acknowledged = default;
        text = HeaderLexer.Trim(text);
        var space = text.IndexOfAny(' ', '\t');
        if (space < 0 || !HeaderLexer.TryNumber(text[..space], uint.MaxValue, out var number)) return false;
        if (!CSeq.TryParse(text[space..], out var request)) return false;
        acknowledged = new RAck(number, request);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Response} {Request}";
}
