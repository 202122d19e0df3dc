using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>The name=value pairs of a Digest challenge or of its answer.</summary>
internal sealed class DigestFields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The same with another value under that name.</summary>
    public DigestFields With(string name, string value)
    {
        var changed = new DigestFields();
        foreach (var (known, old) in _values) changed._values.Add(known, old);
        changed._values[name] = value;
        return changed;
    }

    /// <summary>Reads a header value of the scheme Digest; a pair that occurs twice is a fault.</summary>
    public static bool TryParse(string value, out DigestFields fields)
    {
        fields = new DigestFields();
        const string Scheme = "Digest";
        if (value.Length <= Scheme.Length || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        if (value[Scheme.Length] is not (' ' or '\t')) return false;
        return TryParsePairs(value.AsSpan(Scheme.Length + 1), out fields);
    }

    /// <summary>Reads the value of an Authentication-Info, which names no scheme.</summary>
    public static bool TryParsePairs(ReadOnlySpan<char> rest, out DigestFields fields)
    {
        fields = new DigestFields();
        while (HeaderLexer.TryNext(ref rest, out var pair))
        {
            var equals = pair.IndexOf('=');
            if (equals <= 0) return false;
            var name = HeaderLexer.Trim(pair[..equals]).ToString();
            var text = HeaderLexer.Trim(pair[(equals + 1)..]);
            if (text.StartsWith('"') && HeaderLexer.QuotedLength(text) != text.Length) return false;
            if (!fields._values.TryAdd(name, HeaderLexer.Unquote(text))) return false;
        }

        return true;
    }
}
