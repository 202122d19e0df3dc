using System.Buffers;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The parameters of a URI or of a header value, in order, names compared without case.</summary>
public sealed class SipParameters : IEquatable<SipParameters>
{
    /// <summary>None.</summary>
    public static readonly SipParameters Empty = new([]);

    private static readonly SearchValues<char> NoValueChars = SearchValues.Create([.. Enumerable.Range(0, 33).Select(code => (char)code), .. "\",;<>\x7f"]);

    private readonly (string Name, string? Value)[] _items;

    private SipParameters((string, string?)[] items) => _items = items;

    /// <summary>How many there are.</summary>
    public int Count => _items.Length;

    /// <summary>The value as written; empty for a parameter without one, null for one that is not there.</summary>
    public string? this[string name]
    {
        get
        {
            var at = IndexOf(name);
            return at < 0 ? null : _items[at].Value ?? "";
        }
    }

    /// <summary>Whether the parameter is there, with a value or without.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>The same with one parameter set or added; a null value writes the name alone.</summary>
    public SipParameters With(string name, string? value)
    {
        var at = IndexOf(name);
        var items = new (string, string?)[at < 0 ? _items.Length + 1 : _items.Length];
        _items.CopyTo(items, 0);
        items[at < 0 ? ^1 : at] = (name, value);
        return new SipParameters(items);
    }

    /// <summary>The same without one parameter.</summary>
    public SipParameters Without(string name) =>
        Has(name) ? new([.. _items.Where(item => !string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase))]) : this;

    /// <inheritdoc/>
    public bool Equals(SipParameters? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipParameters);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Length;

    /// <inheritdoc/>
    public override string ToString()
    {
        if (_items.Length == 0) return "";
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
        var taken = TryCount(text, out var count);
        parameters = taken ? OfHeader(text, count) : Empty;
        return taken;
    }

    /// <summary>Judges the same text without building anything.</summary>
    internal static bool TryCount(ReadOnlySpan<char> text, out int count)
    {
        count = 0;
        text = HeaderLexer.Trim(text);
        while (!text.IsEmpty)
        {
            if (text[0] != ';' || !TryItem(Next(ref text), out _, out _)) return false;
            count++;
        }

        return true;
    }

    /// <summary>Builds parameters from text that was counted before.</summary>
    internal static SipParameters OfHeader(ReadOnlySpan<char> text, int count)
    {
        if (count == 0) return Empty;
        var items = new (string, string?)[count];
        text = HeaderLexer.Trim(text);
        for (var i = 0; i < count; i++)
        {
            TryItem(Next(ref text), out var name, out var value);
            items[i] = (SipWords.Intern(name), value.IsEmpty ? null : SipWords.Intern(value));
        }

        return new SipParameters(items);
    }

    /// <summary>Builds the parameters of a URI that was read before: its text has no quotes and no spaces.</summary>
    internal static SipParameters OfUri(ReadOnlySpan<char> text, int count)
    {
        if (count == 0) return Empty;
        var items = new (string, string?)[count];
        var at = 0;
        foreach (var range in text.Split(';'))
        {
            var item = text[range];
            var equals = item.IndexOf('=');
            items[at++] = equals < 0 ? (SipWords.Intern(item), null) : (SipWords.Intern(item[..equals]), SipWords.Intern(item[(equals + 1)..]));
        }

        return new SipParameters(items);
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _items.Length; i++)
        {
            if (string.Equals(_items[i].Name, name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> text)
    {
        text = text[1..];
        var end = HeaderLexer.FindUnquoted(text, ';');
        var item = HeaderLexer.Trim(end < 0 ? text : text[..end]);
        text = end < 0 ? default : text[end..];
        return item;
    }

    private static bool TryItem(ReadOnlySpan<char> item, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        var equals = item.IndexOf('=');
        name = HeaderLexer.Trim(equals < 0 ? item : item[..equals]);
        value = equals < 0 ? default : HeaderLexer.Trim(item[(equals + 1)..]);
        return HeaderLexer.IsToken(name) && (equals < 0 || IsValue(value));
    }

    private static bool IsValue(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) return false;
        if (value[0] == '"') return HeaderLexer.QuotedLength(value) == value.Length;
        // gen-value is token, host or quoted-string; peers also write URIs and slashes here, which harm nobody.
        return !value.ContainsAny(NoValueChars);
    }
}
