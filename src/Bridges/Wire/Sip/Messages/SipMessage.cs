namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>What requests and responses share.</summary>
public abstract class SipMessage(SipHeaders headers, ReadOnlyMemory<byte> body)
{
    private NameAddr? _from;
    private NameAddr? _to;
    private Via? _via;
    private CSeq? _cseq;

    /// <summary>The header fields.</summary>
    public SipHeaders Headers { get; } = headers;

    /// <summary>The body, empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>The Call-ID.</summary>
    public string CallId => Headers[HeaderNames.CallId] ?? throw Unparsed(HeaderNames.CallId);

    /// <summary>The From address.</summary>
    public NameAddr From => _from ??= Address(HeaderNames.From);

    /// <summary>The To address.</summary>
    public NameAddr To => _to ??= Address(HeaderNames.To);

    /// <summary>Sequence number and method.</summary>
    public CSeq CSeq => _cseq ??= CSeq.TryParse(Headers[HeaderNames.CSeq], out var cseq) ? cseq : throw Unparsed(HeaderNames.CSeq);

    /// <summary>The topmost Via.</summary>
    public Via Via => _via ??= Via.TryParse(First(HeaderNames.Via), out var via) ? via : throw Unparsed(HeaderNames.Via);

    /// <summary>The first Contact, or null when there is none or it is <c>*</c>.</summary>
    public NameAddr? Contact => NameAddr.TryParse(First(HeaderNames.Contact), out var contact) ? contact : null;

    /// <summary>The media type of the body in lower case, without parameters; empty when none is named.</summary>
    public string ContentType
    {
        get
        {
            var value = Headers[HeaderNames.ContentType] ?? "";
            var end = value.IndexOf(';', StringComparison.Ordinal);
            return (end < 0 ? value : value[..end]).Trim().ToLowerInvariant();
        }
    }

    /// <summary>The octets that go on the wire.</summary>
    public byte[] ToBytes() => SipSerializer.Write(this);

    /// <summary>Whether an option tag stands in Supported, Require or another list field.</summary>
    public bool Lists(string header, string value)
    {
        foreach (var item in Headers.Values(header))
        {
            if (string.Equals(item, value, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private protected void ForgetVia() => _via = null;

    private string First(string name)
    {
        var rest = Headers[name].AsSpan();
        return HeaderLexer.TryNext(ref rest, out var value) ? value.ToString() : "";
    }

    private NameAddr Address(string name) =>
        NameAddr.TryParse(Headers[name], out var address) ? address : throw Unparsed(name);

    private static InvalidOperationException Unparsed(string name) =>
        new($"{name} of a message that was not checked by the parser");
}
