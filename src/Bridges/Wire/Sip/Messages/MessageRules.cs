using System.Buffers;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>What every message must have before anybody acts on it (RFC 3261 section 8.1.1), found in one walk over its fields.</summary>
internal ref struct MessageRules
{
    private readonly SipMessage _message;
    private readonly SipLimits _limits;
    private readonly Span<char> _buffer;
    private readonly Span<int> _counts;
    private CheckedValues _values;
    private bool _hasCallId;
    private int _vias;

    private MessageRules(SipMessage message, SipLimits limits, Span<char> buffer, Span<int> counts)
    {
        _message = message;
        _limits = limits;
        _buffer = buffer;
        _counts = counts;
    }

    public static void Keep(ref SipParseError first, SipParseError error)
    {
        if (first.Kind == SipParseErrorKind.None) first = error;
    }

    /// <summary>The first fault of a message just read; one without fault keeps the values that were judged.</summary>
    public static SipParseError Check(SipMessage message, SipLimits limits)
    {
        var buffer = ArrayPool<char>.Shared.Rent(limits.HeaderBytes);
        try
        {
            var rules = new MessageRules(message, limits, buffer, stackalloc int[HeaderNames.ListCount]);
            var fault = rules.Check();
            if (fault.Kind == SipParseErrorKind.None) message.Keep(rules._values);
            return fault;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private SipParseError Check()
    {
        for (var i = 0; i < _message.Headers.Count; i++)
        {
            var fault = CheckField(_message.Headers.NameAt(i), i);
            if (fault.Kind != SipParseErrorKind.None) return fault;
        }

        if (_vias == 0) return Missing(HeaderNames.Via);
        if (!_hasCallId) return Missing(HeaderNames.CallId);
        if (_values.From is null) return Missing(HeaderNames.From);
        if (_values.To is null) return Missing(HeaderNames.To);
        if (_values.CSeq is not { } cseq) return Missing(HeaderNames.CSeq);
        var matches = _message is not SipRequest request || string.Equals(request.Method, cseq.Method, StringComparison.Ordinal);
        return matches ? default : Syntax(HeaderNames.CSeq);
    }

    private SipParseError CheckField(string name, int at)
    {
        switch (name)
        {
            case HeaderNames.Via: return CheckVias(at);
            case HeaderNames.From: return CheckAddress(name, at, out _values.From);
            case HeaderNames.To: return CheckAddress(name, at, out _values.To);
            case HeaderNames.Contact or HeaderNames.Route or HeaderNames.RecordRoute or HeaderNames.Path: return CheckAddresses(name, at);
            case HeaderNames.CallId:
                _hasCallId = !Chars(at).IsEmpty;
                return _hasCallId ? default : Missing(name);
            case HeaderNames.CSeq:
                if (!CSeq.TryParse(Chars(at), out var cseq)) return Syntax(name);
                _values.CSeq = cseq;
                return default;
            case HeaderNames.MaxForwards: return HeaderLexer.TryNumber(Chars(at), 255, out _) ? default : Syntax(name);
            case HeaderNames.Expires: return HeaderLexer.TryNumber(Chars(at), uint.MaxValue, out _) ? default : Syntax(name);
            default: return CheckList(name, at);
        }
    }

    private SipParseError CheckVias(int at)
    {
        var rest = Chars(at);
        if (rest.IsEmpty) return Syntax(HeaderNames.Via);
        while (HeaderLexer.TryNext(ref rest, out var value))
        {
            if (++_vias > _limits.ViaDepth) return TooMany(HeaderNames.Via);
            if (!ViaSyntax.TryRead(value, out var via)) return Syntax(HeaderNames.Via);
            if (via.ParameterCount > _limits.Parameters) return TooMany(HeaderNames.Via);
            if (_vias == 1) _values.Via = via.ToVia();
        }

        return default;
    }

    private readonly SipParseError CheckAddress(string name, int at, out NameAddr? read)
    {
        read = null;
        if (!AddressSyntax.TryRead(Chars(at), out var address)) return Syntax(name);
        var fault = Judge(name, address);
        if (fault.Kind == SipParseErrorKind.None) read = address.ToAddress();
        return fault;
    }

    private readonly SipParseError CheckList(string name, int at)
    {
        var list = HeaderNames.ListIndex(name);
        if (list < 0) return default;
        ref var count = ref _counts[list];
        var rest = Chars(at);
        while (HeaderLexer.TryNext(ref rest, out _))
        {
            if (++count > _limits.ListValues) return TooMany(name);
        }

        return default;
    }

    private SipParseError CheckAddresses(string name, int at)
    {
        ref var count = ref _counts[HeaderNames.ListIndex(name)];
        var limit = name == HeaderNames.Contact ? _limits.ListValues : _limits.RouteDepth;
        var rest = Chars(at);
        while (HeaderLexer.TryNext(ref rest, out var value))
        {
            if (++count > limit) return TooMany(name);
            if (name == HeaderNames.Contact && value.SequenceEqual("*")) continue;
            if (!AddressSyntax.TryRead(value, out var address)) return Syntax(name);
            var fault = Judge(name, address);
            if (fault.Kind != SipParseErrorKind.None) return fault;
            if (name == HeaderNames.Contact && count == 1) _values.Contact = address.ToAddress();
        }

        return default;
    }

    private readonly SipParseError Judge(string name, in AddressSyntax address)
    {
        if (address.UriLength > _limits.UriChars) return new(SipParseErrorKind.HeaderTooLong, 0, name);
        return address.UriParameterCount > _limits.Parameters || address.ParameterCount > _limits.Parameters ? TooMany(name) : default;
    }

    private readonly ReadOnlySpan<char> Chars(int at) => _message.Headers.CharsAt(at, _buffer);

    private static SipParseError Missing(string name) => new(SipParseErrorKind.HeaderMissing, 0, name);

    private static SipParseError TooMany(string name) => new(SipParseErrorKind.TooManyHeaders, 0, name);

    private static SipParseError Syntax(string name) => new(SipParseErrorKind.HeaderSyntax, 0, name);
}
