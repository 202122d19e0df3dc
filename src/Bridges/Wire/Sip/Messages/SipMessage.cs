namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>What requests and responses share.</summary>
/// <remarks>The typed values that the parser checked are kept; those of a message that we build are read when first asked for.</remarks>
public abstract class SipMessage(SipHeaders headers, ReadOnlyMemory<byte> body)
{
    private NameAddr? _from;
    private NameAddr? _to;
    private NameAddr? _contact;
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
    public NameAddr? Contact => _contact ??= NameAddr.TryParse(First(HeaderNames.Contact), out var contact) ? contact : null;

    /// <summary>The media type of the body in lower case, without parameters; empty when none is named.</summary>
    public string ContentType
    {
        get
        {
            var value = Headers[HeaderNames.ContentType].AsSpan();
            var end = value.IndexOf(';');
            return SipWords.InternLower((end < 0 ? value : value[..end]).Trim());
        }
    }

    /// <summary>The octets that go on the wire.</summary>
    public byte[] ToBytes() => SipSerializer.Write(this);

    /// <summary>Whether an option tag stands in Supported, Require or another list field.</summary>
    public bool Lists(string header, string value)
    {
        foreach (var field in Headers.All(header))
        {
            var rest = field.AsSpan();
            while (HeaderLexer.TryNext(ref rest, out var item))
            {
                if (item.Equals(value, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }

    /// <summary>Keeps what the parser checked.</summary>
    internal void Keep(in CheckedValues values)
    {
        _from = values.From;
        _to = values.To;
        _contact = values.Contact;
        _via = values.Via;
        _cseq = values.CSeq;
    }

    /// <summary>The To address also of a message that was not checked; null when it cannot be read.</summary>
    private protected NameAddr? ReadableTo => _to ??= NameAddr.TryParse(Headers[HeaderNames.To], out var to) ? to : null;

    private protected void KeepVia(Via via) => _via = via;

    private ReadOnlySpan<char> First(string name)
    {
        var rest = Headers[name].AsSpan();
        return HeaderLexer.TryNext(ref rest, out var value) ? value : default;
    }

    private NameAddr Address(string name) =>
        NameAddr.TryParse(Headers[name], out var address) ? address : throw Unparsed(name);

    private static InvalidOperationException Unparsed(string name) =>
        new($"{name} of a message that was not checked by the parser");
}

/// <summary>The typed values that checking a message yields.</summary>
internal ref struct CheckedValues
{
    public NameAddr? From;
    public NameAddr? To;
    public NameAddr? Contact;
    public Via? Via;
    public CSeq? CSeq;
}
