using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>Takes a message's header fields apart: lines, folding, names, limits.</summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> octets, SipLimits limits)
{
    private readonly ReadOnlySpan<byte> _octets = octets;
    private uint _seen;

    public int Position { get; private set; }

    /// <summary>RFC 3261 section 7.5: empty lines before the start line SHOULD be ignored.</summary>
    public void SkipEmptyLines()
    {
        while (_octets[Position..].StartsWith("\r\n"u8)) Position += 2;
    }

    public bool TryLine(out ReadOnlySpan<byte> line)
    {
        var end = _octets[Position..].IndexOf("\r\n"u8);
        line = end < 0 ? default : _octets.Slice(Position, end);
        if (end < 0) return false;
        Position += end + 2;
        return true;
    }

    /// <summary>How many fields may follow: the lines before the empty one, bounded by the limit.</summary>
    public readonly int Expected()
    {
        var rest = _octets[Position..];
        var end = rest.IndexOf("\r\n\r\n"u8);
        return Math.Min((end < 0 ? rest : rest[..end]).Count((byte)'\n') + 1, limits.HeaderCount);
    }

    public void ReadFields(SipHeaders headers, ref SipParseError error)
    {
        while (true)
        {
            var start = Position;
            if (!TryLine(out var line))
            {
                MessageRules.Keep(ref error, new(SipParseErrorKind.HeaderSyntax, start, null));
                Position = _octets.Length;
                return;
            }

            if (line.IsEmpty) return;
            var folded = false;
            while (Position < _octets.Length && _octets[Position] is (byte)' ' or (byte)'\t')
            {
                if (!TryLine(out _)) break;
                folded = true;
            }

            if (headers.Count >= limits.HeaderCount)
            {
                MessageRules.Keep(ref error, new(SipParseErrorKind.TooManyHeaders, start, null));
                continue;
            }

            ReadField(headers, start, folded, ref error);
        }
    }

    private void ReadField(SipHeaders headers, int start, bool folded, ref SipParseError error)
    {
        var field = _octets[start..(Position - 2)];
        if (field.Length > limits.HeaderBytes)
        {
            MessageRules.Keep(ref error, new(SipParseErrorKind.HeaderTooLong, start, null));
            return;
        }

        var colon = field.IndexOf((byte)':');
        var nameOctets = colon < 0 ? default : field[..colon].TrimEnd(" \t"u8);
        Span<char> name = nameOctets.Length <= 128 ? stackalloc char[128] : new char[nameOctets.Length];
        name = name[..Encoding.Latin1.GetChars(nameOctets, name)];
        if (!HeaderLexer.IsToken(name))
        {
            MessageRules.Keep(ref error, new(SipParseErrorKind.HeaderSyntax, start, null));
            return;
        }

        var canonical = HeaderNames.Intern(name);
        var bit = HeaderNames.SingleBit(canonical);
        if ((_seen & bit) != 0) MessageRules.Keep(ref error, new(SipParseErrorKind.HeaderRepeated, start, canonical));
        _seen |= bit;
        var value = field[(colon + 1)..].Trim(" \t"u8);
        if (folded)
        {
            var text = Unfold(SipParser.Decode(value));
            if (text is null) MessageRules.Keep(ref error, new(SipParseErrorKind.HeaderSyntax, start, canonical));
            else headers.Add(canonical, text);
        }
        else if (value.ContainsAny((byte)'\r', (byte)'\n'))
        {
            MessageRules.Keep(ref error, new(SipParseErrorKind.HeaderSyntax, start, canonical));
        }
        else
        {
            headers.Add(canonical, Position - 2 - field[(colon + 1)..].TrimStart(" \t"u8).Length, value.Length);
        }
    }

    /// <summary>A fold is worth one space (RFC 3261 section 7.3.1); null when a line break of another kind is left.</summary>
    private static string? Unfold(string value)
    {
        var lines = value.Split("\r\n");
        for (var i = 0; i < lines.Length; i++) lines[i] = lines[i].Trim(' ', '\t');
        var text = string.Join(' ', lines).Trim(' ');
        return text.AsSpan().ContainsAny('\r', '\n') ? null : text;
    }
}
