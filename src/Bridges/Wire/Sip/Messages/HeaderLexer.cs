using System.Buffers;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The small grammar that header values share: tokens, quoted strings, lists (RFC 3261 section 25.1).</summary>
internal static class HeaderLexer
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~");

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenChars);

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t");

    /// <summary>Takes the next value of a comma-separated list; commas in quotes and in angle brackets do not separate.</summary>
    public static bool TryNext(scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> value)
    {
        value = default;
        if (rest.IsEmpty) return false;
        var end = FindUnquoted(rest, ',');
        if (end < 0)
        {
            value = Trim(rest);
            rest = default;
            return true;
        }

        value = Trim(rest[..end]);
        rest = rest[(end + 1)..];
        // A list that ends in a comma has an empty last value, which the callers refuse or skip.
        if (rest.IsEmpty) rest = " ";
        return true;
    }

    /// <summary>The first such character outside quotes and angle brackets, or -1.</summary>
    public static int FindUnquoted(ReadOnlySpan<char> text, char wanted)
    {
        var bracketed = false;
        for (var i = 0; i < text.Length; i++)
        {
            var next = bracketed ? text[i..].IndexOfAny('>', '"') : text[i..].IndexOfAny(wanted, '"', '<');
            if (next < 0) return -1;
            i += next;
            var c = text[i];
            if (c == '"')
            {
                var quoted = QuotedLength(text[i..]);
                if (quoted < 0) return -1;
                i += quoted - 1;
            }
            else if (c == wanted && !bracketed) return i;
            else bracketed = c == '<';
        }

        return -1;
    }

    /// <summary>The length of the quoted string that the text begins with, quotes included, or -1.</summary>
    public static int QuotedLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '"') return -1;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }

        return -1;
    }

    public static string Unquote(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"') return text.ToString();
        var inner = text[1..^1];
        if (!inner.Contains('\\')) return inner.ToString();
        var plain = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length) i++;
            plain.Append(inner[i]);
        }

        return plain.ToString();
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(c < ' ' || c == '\x7f' ? ' ' : c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Digits only: signs, spaces and overflow are faults, never another number.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, uint max, out uint number)
    {
        number = 0;
        if (text.IsEmpty) return false;
        ulong sum = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            sum = sum * 10 + (uint)(c - '0');
            if (sum > max) return false;
        }

        number = (uint)sum;
        return true;
    }
}
