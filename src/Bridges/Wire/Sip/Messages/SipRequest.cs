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
        copied.CopyFrom(Headers, HeaderNames.Via);
        copied.CopyFrom(Headers, HeaderNames.From);
        copied.CopyFrom(Headers, HeaderNames.To);
        if (toTag is not null && ReadableTo is { Tag: null }) copied.Set(HeaderNames.To, $"{Headers[HeaderNames.To]};tag={toTag}");

        copied.CopyFrom(Headers, HeaderNames.CallId);
        copied.CopyFrom(Headers, HeaderNames.CSeq);
        return new SipResponse(status, reason ?? ReasonPhrases.Of(status), copied, body);
    }

    /// <summary>Puts received and rport into the topmost Via (RFC 3261 section 18.2.1, RFC 3581 section 4).</summary>
    internal void ReplaceTopVia(Via via)
    {
        var at = Headers.Find(HeaderNames.Via);
        var rest = Headers.TextAt(at).AsSpan();
        HeaderLexer.TryNext(ref rest, out _);
        Headers.ReplaceAt(at, rest.IsEmpty ? via.ToString() : $"{via}, {HeaderLexer.Trim(rest)}");
        KeepVia(via);
    }
}
