using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>The dialog that a new call takes the place of (RFC 3891 section 6.1); its tags are as that dialog's owner sees them.</summary>
/// <param name="ToTag">The tag of the side that receives the new call.</param>
/// <param name="FromTag">The tag of the other side.</param>
/// <param name="EarlyOnly">Whether it may replace only a call that is not answered.</param>
public sealed record ReplacesHeader(string CallId, string ToTag, string FromTag, bool EarlyOnly)
{
    /// <summary>Reads a value, as it stands in a header field or, unescaped, in the URI of Refer-To.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ReplacesHeader replaces)
    {
        replaces = null!;
        text = HeaderLexer.Trim(text);
        var end = text.IndexOf(';');
        if (end <= 0) return false;
        var callId = HeaderLexer.Trim(text[..end]);
        if (callId.IsEmpty || callId.IndexOfAny(" \t,") >= 0 || !SipParameters.TryParse(text[end..], out var parameters)) return false;
        if (parameters["to-tag"] is not { Length: > 0 } toTag || parameters["from-tag"] is not { Length: > 0 } fromTag) return false;
        replaces = new ReplacesHeader(callId.ToString(), toTag, fromTag, parameters.Has("early-only"));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{CallId};to-tag={ToTag};from-tag={FromTag}{(EarlyOnly ? ";early-only" : "")}";
}
