using System.Globalization;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>Why a request was sent, in the words of one protocol: SIP's status codes, or Q.850's causes (RFC 3326).</summary>
public sealed record ReasonHeader(string Protocol, int? Cause, string? Text)
{
    /// <summary>A reason by SIP status.</summary>
    public static ReasonHeader Sip(int status, string text) => new("SIP", status, text);

    /// <summary>A reason by telephone network cause, 1 to 127.</summary>
    public static ReasonHeader Q850(int cause, string text) => new("Q.850", cause, text);

    /// <summary>Reads one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ReasonHeader reason)
    {
        reason = null!;
        text = HeaderLexer.Trim(text);
        var end = text.IndexOf(';');
        var protocol = HeaderLexer.Trim(end < 0 ? text : text[..end]);
        if (!HeaderLexer.IsToken(protocol) || !SipParameters.TryParse(end < 0 ? default : text[end..], out var parameters)) return false;
        int? cause = HeaderLexer.TryNumber(parameters["cause"], 999, out var number) ? (int)number : null;
        var words = parameters["text"] is { } written ? HeaderLexer.Unquote(written) : null;
        reason = new ReasonHeader(protocol.ToString(), cause, words);
        return true;
    }

    /// <summary>Every reason of a message; malformed ones are left out.</summary>
    public static IReadOnlyList<ReasonHeader> ReadAll(SipHeaders headers)
    {
        var found = new List<ReasonHeader>();
        foreach (var value in headers.Values(HeaderNames.Reason))
        {
            if (TryParse(value, out var reason)) found.Add(reason);
        }

        return found;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var cause = Cause is { } number ? string.Create(CultureInfo.InvariantCulture, $";cause={number}") : "";
        return Text is null ? $"{Protocol}{cause}" : $"{Protocol}{cause};text={HeaderLexer.Quote(Text)}";
    }
}
