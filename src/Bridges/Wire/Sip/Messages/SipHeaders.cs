using System.Collections;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>One header field as it stands in a message.</summary>
public readonly record struct SipHeader(string Name, string Value);

/// <summary>The header fields of a message, in order.</summary>
/// <remarks>
/// Filled by whoever builds the message and left alone once the message is handed on. The values of a received message stay
/// octets until somebody asks for their text: most are never asked for, and a response copies its fields from the request.
/// </remarks>
public sealed class SipHeaders : IReadOnlyList<SipHeader>
{
    private byte[]? _octets;
    private Field[] _fields;
    private int _count;

    /// <summary>An empty set.</summary>
    public SipHeaders() => _fields = new Field[16];

    /// <summary>A copy of the given fields.</summary>
    public SipHeaders(IEnumerable<SipHeader> fields) : this()
    {
        foreach (var field in fields) Add(field.Name, field.Value);
    }

    /// <summary>An empty set for fields whose values are parts of these octets.</summary>
    internal SipHeaders(byte[] octets, int capacity)
    {
        _octets = octets;
        _fields = new Field[Math.Max(capacity, 1)];
    }

    /// <inheritdoc/>
    public int Count => _count;

    /// <inheritdoc/>
    public SipHeader this[int index] =>
        new((uint)index < (uint)_count ? _fields[index].Name : throw new ArgumentOutOfRangeException(nameof(index)), TextAt(index));

    /// <summary>The value of the first field of that name.</summary>
    public string? this[string name]
    {
        get
        {
            var at = Find(name);
            return at < 0 ? null : TextAt(at);
        }
    }

    /// <summary>Whether a field of that name is there.</summary>
    public bool Has(string name) => Find(name) >= 0;

    /// <summary>How many fields have that name.</summary>
    public int CountOf(string name)
    {
        var count = 0;
        for (var at = Find(name); at >= 0; at = Find(name, at + 1)) count++;
        return count;
    }

    /// <summary>Every field of that name, unsplit.</summary>
    public SipFieldValues All(string name) => new(this, name);

    /// <summary>The comma-separated values of every field of that name; empty ones are left out.</summary>
    public List<string> Values(string name)
    {
        var values = new List<string>();
        foreach (var field in All(name))
        {
            var rest = field.AsSpan();
            while (HeaderLexer.TryNext(ref rest, out var value))
            {
                if (!value.IsEmpty) values.Add(value.ToString());
            }
        }

        return values;
    }

    /// <summary>How many comma-separated values the fields of that name have together.</summary>
    public int CountValues(string name)
    {
        var count = 0;
        foreach (var field in All(name))
        {
            var rest = field.AsSpan();
            while (HeaderLexer.TryNext(ref rest, out var value))
            {
                if (!value.IsEmpty) count++;
            }
        }

        return count;
    }

    /// <summary>Appends a field.</summary>
    /// <exception cref="ArgumentException">The value would break out of its line: accepting it would let text forge header fields.</exception>
    public SipHeaders Add(string name, string value)
    {
        Append(new Field { Name = name, Text = OneLine(name, value) });
        return this;
    }

    /// <summary>Replaces every field of that name by one.</summary>
    public SipHeaders Set(string name, string value)
    {
        var at = Find(name);
        if (at < 0) return Add(name, value);
        _fields[at] = new Field { Name = name, Text = OneLine(name, value) };
        RemoveFrom(at + 1, name);
        return this;
    }

    /// <summary>Removes every field of that name.</summary>
    public void Remove(string name) => RemoveFrom(0, name);

    /// <inheritdoc/>
    public IEnumerator<SipHeader> GetEnumerator()
    {
        for (var i = 0; i < _count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The place of the next field of that name, or -1.</summary>
    internal int Find(string name, int from = 0)
    {
        for (var i = from; i < _count; i++)
        {
            if (string.Equals(_fields[i].Name, name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }

    internal string NameAt(int index) => _fields[index].Name;

    /// <summary>The value in place, made once.</summary>
    internal string TextAt(int index)
    {
        ref var field = ref _fields[index];
        return field.Text ??= SipParser.Decode(OctetsOf(field));
    }

    /// <summary>The value without making a string of it; the buffer must hold as many characters as the field has octets.</summary>
    internal ReadOnlySpan<char> CharsAt(int index, Span<char> buffer)
    {
        ref var field = ref _fields[index];
        return field.Text is { } text ? text : buffer[..Encoding.UTF8.GetChars(OctetsOf(field), buffer)];
    }

    /// <summary>The octets of a value that came from the wire; empty when only its text is known.</summary>
    internal ReadOnlySpan<byte> OctetsAt(int index) => _fields[index].Text is null ? OctetsOf(_fields[index]) : default;

    /// <summary>Appends a value that is a part of the octets given at construction.</summary>
    internal void Add(string name, int start, int length) => Append(new Field { Name = name, Start = start, Length = length });

    /// <summary>Puts another value into the place of a field.</summary>
    internal void ReplaceAt(int index, string value) => _fields[index] = new Field { Name = _fields[index].Name, Text = OneLine(_fields[index].Name, value) };

    /// <summary>Appends every field of that name from another message, as it was written.</summary>
    internal void CopyFrom(SipHeaders other, string name)
    {
        _octets ??= other._octets;
        for (var at = other.Find(name); at >= 0; at = other.Find(name, at + 1))
        {
            if (ReferenceEquals(_octets, other._octets)) Append(other._fields[at]);
            else Add(name, other.TextAt(at));
        }
    }

    private static string OneLine(string name, string value) => value.AsSpan().ContainsAny('\r', '\n')
        ? throw new ArgumentException($"{name} holds a line break", nameof(value))
        : value;

    private ReadOnlySpan<byte> OctetsOf(in Field field) => _octets.AsSpan(field.Start, field.Length);

    private void Append(in Field field)
    {
        if (_count == _fields.Length) Array.Resize(ref _fields, _count * 2);
        _fields[_count++] = field;
    }

    private void RemoveFrom(int index, string name)
    {
        var kept = index;
        for (var i = index; i < _count; i++)
        {
            if (!string.Equals(_fields[i].Name, name, StringComparison.OrdinalIgnoreCase)) _fields[kept++] = _fields[i];
        }

        Array.Clear(_fields, kept, _count - kept);
        _count = kept;
    }

    /// <summary>Its value is the text, or as long as nobody asked for it the octets.</summary>
    private struct Field
    {
        public string Name;
        public string? Text;
        public int Start;
        public int Length;
    }
}
