namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>A request.</summary>
public sealed class SipRequest(string method, SipUri uri, SipHeaders headers, ReadOnlyMemory<byte> body = default)
    : SipMessage(headers, body)
{
    /// <summary>The method, compared octet for octet.</summary>
    public string Method { get; } = method;

    /// <summary>The Request-URI.</summary>
    public SipUri Uri { get; } = uri;

    /// <summary>Max-Forwards, when it is there.</summary>
    public int? MaxForwards => HeaderLexer.TryNumber(Headers[HeaderNames.MaxForwards], 255, out var value) ? (int)value : null;

    /// <summary>A response with the header fields that RFC 3261 section 8.2.6.2 has copied.</summary>
    /// <remarks>Copied as they were written, so that also a request that is malformed elsewhere can be refused.</remarks>
    public SipResponse Respond(int status, string? reason = null, string? toTag = null, ReadOnlyMemory<byte> body = default)
    {
        var copied = new SipHeaders();
        foreach (var via in Headers.All(HeaderNames.Via)) copied.Add(HeaderNames.Via, via);
        copied.Add(HeaderNames.From, Headers[HeaderNames.From] ?? "");
        var to = Headers[HeaderNames.To] ?? "";
        var needsTag = toTag is not null && NameAddr.TryParse(to, out var address) && address.Tag is null;
        copied.Add(HeaderNames.To, needsTag ? $"{to};tag={toTag}" : to);
        copied.Add(HeaderNames.CallId, Headers[HeaderNames.CallId] ?? "");
        copied.Add(HeaderNames.CSeq, Headers[HeaderNames.CSeq] ?? "");
        return new SipResponse(status, reason ?? ReasonPhrases.Of(status), copied, body);
    }

    /// <summary>Puts received and rport into the topmost Via (RFC 3261 section 18.2.1, RFC 3581 section 4).</summary>
    internal void ReplaceTopVia(string value)
    {
        var first = Headers[HeaderNames.Via]!;
        var rest = first.AsSpan();
        HeaderLexer.TryNext(ref rest, out _);
        var replaced = rest.IsEmpty ? value : $"{value}, {HeaderLexer.Trim(rest)}";
        var others = Headers.All(HeaderNames.Via).Skip(1).ToList();
        Headers.Set(HeaderNames.Via, replaced);
        foreach (var other in others) Headers.Add(HeaderNames.Via, other);
        ForgetVia();
    }
}
