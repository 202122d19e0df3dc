using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The parameters of a URI or of a header value, in order, names compared without case.</summary>
public sealed class SipParameters : IEquatable<SipParameters>
{
    /// <summary>None.</summary>
    public static readonly SipParameters Empty = new([]);

    private readonly (string Name, string? Value)[] _items;

    private SipParameters((string, string?)[] items) => _items = items;

    /// <summary>How many there are.</summary>
    public int Count => _items.Length;

    /// <summary>The value as written; empty for a parameter without one, null for one that is not there.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (itemName, value) in _items)
            {
                if (string.Equals(itemName, name, StringComparison.OrdinalIgnoreCase)) return value ?? "";
            }

            return null;
        }
    }

    /// <summary>Whether the parameter is there, with a value or without.</summary>
    public bool Has(string name) => this[name] is not null;

    /// <summary>The same with one parameter set or added; a null value writes the name alone.</summary>
    public SipParameters With(string name, string? value)
    {
        var items = _items.ToList();
        var at = items.FindIndex(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase));
        if (at < 0) items.Add((name, value));
        else items[at] = (name, value);
        return new SipParameters([.. items]);
    }

    /// <summary>The same without one parameter.</summary>
    public SipParameters Without(string name) =>
        new([.. _items.Where(item => !string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase))]);

    /// <inheritdoc/>
    public bool Equals(SipParameters? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipParameters);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Length;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _items)
        {
            text.Append(';').Append(name);
            if (value is not null) text.Append('=').Append(value);
        }

        return text.ToString();
    }

    /// <summary>Reads what follows a header value: nothing, or parameters that each begin with a semicolon.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out SipParameters parameters)
    {
        parameters = Empty;
        text = HeaderLexer.Trim(text);
        if (text.IsEmpty) return true;
        var items = new List<(string, string?)>(4);
        while (!text.IsEmpty)
        {
            if (text[0] != ';') return false;
            text = text[1..];
            var end = HeaderLexer.FindUnquoted(text, ';');
            var item = HeaderLexer.Trim(end < 0 ? text : text[..end]);
            text = end < 0 ? default : text[end..];
            if (!TryItem(item, out var parsed)) return false;
            items.Add(parsed);
        }

        parameters = new SipParameters([.. items]);
        return true;
    }

    /// <summary>Builds parameters from checked pairs of a URI.</summary>
    internal static SipParameters From(List<(string Name, string? Value)> items) => items.Count == 0 ? Empty : new SipParameters([.. items]);

    private static bool TryItem(ReadOnlySpan<char> item, out (string, string?) parsed)
    {
        parsed = default;
        var equals = item.IndexOf('=');
        if (equals < 0)
        {
            if (!HeaderLexer.IsToken(item)) return false;
            parsed = (item.ToString(), null);
            return true;
        }

        var name = HeaderLexer.Trim(item[..equals]);
        var value = HeaderLexer.Trim(item[(equals + 1)..]);
        if (!HeaderLexer.IsToken(name) || !IsValue(value)) return false;
        parsed = (name.ToString(), value.ToString());
        return true;
    }

    private static bool IsValue(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) return false;
        if (value[0] == '"') return HeaderLexer.QuotedLength(value) == value.Length;
        // gen-value is token, host or quoted-string; peers also write URIs and slashes here, which harm nobody.
        foreach (var c in value)
        {
            if (c is <= ' ' or '"' or ',' or ';' or '<' or '>' or '\x7f') return false;
        }

        return true;
    }
}
