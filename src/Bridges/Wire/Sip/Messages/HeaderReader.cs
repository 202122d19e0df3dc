using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>Takes a message's header fields apart: lines, folding, names, limits.</summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> octets, SipLimits limits)
{
    private readonly ReadOnlySpan<byte> _octets = octets;

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
            while (Position < _octets.Length && _octets[Position] is (byte)' ' or (byte)'\t')
            {
                if (!TryLine(out _)) break;
            }

            if (headers.Count >= limits.HeaderCount)
            {
                MessageRules.Keep(ref error, new(SipParseErrorKind.TooManyHeaders, start, null));
                continue;
            }

            ReadField(headers, _octets[start..(Position - 2)], start, ref error);
        }
    }

    private readonly void ReadField(SipHeaders headers, scoped ReadOnlySpan<byte> field, int start, ref SipParseError error)
    {
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
        var value = Unfold(SipParser.Decode(field[(colon + 1)..]));
        if (value.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            MessageRules.Keep(ref error, new(SipParseErrorKind.HeaderSyntax, start, canonical));
            return;
        }

        headers.Add(canonical, value);
    }

    /// <summary>A fold is worth one space (RFC 3261 section 7.3.1).</summary>
    private static string Unfold(string value)
    {
        if (!value.Contains("\r\n", StringComparison.Ordinal)) return value.Trim(' ', '\t');
        var lines = value.Split("\r\n");
        for (var i = 0; i < lines.Length; i++) lines[i] = lines[i].Trim(' ', '\t');
        return string.Join(' ', lines).Trim(' ');
    }
}
