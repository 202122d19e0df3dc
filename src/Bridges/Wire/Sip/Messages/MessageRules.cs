namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>What every message must have before anybody acts on it (RFC 3261 section 8.1.1).</summary>
internal static class MessageRules
{
    private static readonly string[] Single =
    [
        HeaderNames.CallId, HeaderNames.CSeq, HeaderNames.From, HeaderNames.To, HeaderNames.MaxForwards,
        HeaderNames.ContentLength, HeaderNames.ContentType, HeaderNames.Expires, HeaderNames.SessionExpires, HeaderNames.MinSE,
    ];

    public static void Keep(ref SipParseError first, SipParseError error)
    {
        if (first.Kind == SipParseErrorKind.None) first = error;
    }

    public static SipParseError Check(SipMessage message, SipLimits limits)
    {
        foreach (var name in Single)
        {
            if (message.Headers.CountOf(name) > 1) return new(SipParseErrorKind.HeaderRepeated, 0, name);
        }

        var fault = CheckVias(message, limits);
        if (fault.Kind != SipParseErrorKind.None) return fault;
        if (Missing(message, HeaderNames.CallId) || message.CallId.Length == 0) return new(SipParseErrorKind.HeaderMissing, 0, HeaderNames.CallId);
        foreach (var name in (ReadOnlySpan<string>)[HeaderNames.From, HeaderNames.To])
        {
            if (Missing(message, name)) return new(SipParseErrorKind.HeaderMissing, 0, name);
            if (!NameAddr.TryParse(message.Headers[name], out _)) return Syntax(name);
        }

        if (Missing(message, HeaderNames.CSeq)) return new(SipParseErrorKind.HeaderMissing, 0, HeaderNames.CSeq);
        if (!CSeq.TryParse(message.Headers[HeaderNames.CSeq], out var cseq)) return Syntax(HeaderNames.CSeq);
        if (message is SipRequest request && !string.Equals(request.Method, cseq.Method, StringComparison.Ordinal)) return Syntax(HeaderNames.CSeq);
        return CheckOptional(message, limits);
    }

    private static SipParseError CheckVias(SipMessage message, SipLimits limits)
    {
        var count = 0;
        foreach (var field in message.Headers.All(HeaderNames.Via))
        {
            var rest = field.AsSpan();
            while (HeaderLexer.TryNext(ref rest, out var value))
            {
                if (++count > limits.ViaDepth) return new(SipParseErrorKind.TooManyHeaders, 0, HeaderNames.Via);
                if (!Via.TryParse(value, out _)) return Syntax(HeaderNames.Via);
            }
        }

        return count == 0 ? new(SipParseErrorKind.HeaderMissing, 0, HeaderNames.Via) : default;
    }

    private static SipParseError CheckOptional(SipMessage message, SipLimits limits)
    {
        if (message.Headers[HeaderNames.MaxForwards] is { } hops && !HeaderLexer.TryNumber(hops, 255, out _)) return Syntax(HeaderNames.MaxForwards);
        if (message.Headers[HeaderNames.Expires] is { } expires && !HeaderLexer.TryNumber(expires, uint.MaxValue, out _)) return Syntax(HeaderNames.Expires);
        foreach (var name in (ReadOnlySpan<string>)[HeaderNames.Contact, HeaderNames.Route, HeaderNames.RecordRoute])
        {
            var count = 0;
            foreach (var field in message.Headers.All(name))
            {
                var rest = field.AsSpan();
                while (HeaderLexer.TryNext(ref rest, out var value))
                {
                    if (name == HeaderNames.Contact && value.SequenceEqual("*")) continue;
                    if (++count > limits.RouteDepth) return new(SipParseErrorKind.TooManyHeaders, 0, name);
                    if (!NameAddr.TryParse(value, out _)) return Syntax(name);
                }
            }
        }

        return default;
    }

    private static bool Missing(SipMessage message, string name) => message.Headers[name] is null;

    private static SipParseError Syntax(string name) => new(SipParseErrorKind.HeaderSyntax, 0, name);
}
