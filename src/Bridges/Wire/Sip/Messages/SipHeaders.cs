using System.Collections;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>One header field as it stands in a message.</summary>
public readonly record struct SipHeader(string Name, string Value);

/// <summary>The header fields of a message, in order.</summary>
/// <remarks>Filled by whoever builds the message and left alone once the message is handed on.</remarks>
public sealed class SipHeaders : IReadOnlyList<SipHeader>
{
    private readonly List<SipHeader> _fields;

    /// <summary>An empty set.</summary>
    public SipHeaders() => _fields = new List<SipHeader>(16);

    /// <summary>A copy of the given fields.</summary>
    public SipHeaders(IEnumerable<SipHeader> fields) : this()
    {
        foreach (var field in fields) Add(field.Name, field.Value);
    }

    /// <inheritdoc/>
    public int Count => _fields.Count;

    /// <inheritdoc/>
    public SipHeader this[int index] => _fields[index];

    /// <summary>The value of the first field of that name.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var field in _fields)
            {
                if (Same(field.Name, name)) return field.Value;
            }

            return null;
        }
    }

    /// <summary>How many fields have that name.</summary>
    public int CountOf(string name)
    {
        var count = 0;
        foreach (var field in _fields)
        {
            if (Same(field.Name, name)) count++;
        }

        return count;
    }

    /// <summary>Every field of that name, unsplit.</summary>
    public IEnumerable<string> All(string name)
    {
        foreach (var field in _fields)
        {
            if (Same(field.Name, name)) yield return field.Value;
        }
    }

    /// <summary>The comma-separated values of every field of that name; empty ones are left out.</summary>
    public List<string> Values(string name)
    {
        var values = new List<string>();
        foreach (var field in _fields)
        {
            if (!Same(field.Name, name)) continue;
            var rest = field.Value.AsSpan();
            while (HeaderLexer.TryNext(ref rest, out var value))
            {
                if (!value.IsEmpty) values.Add(value.ToString());
            }
        }

        return values;
    }

    /// <summary>Appends a field.</summary>
    /// <exception cref="ArgumentException">The value would break out of its line: accepting it would let text forge header fields.</exception>
    public SipHeaders Add(string name, string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n') >= 0) throw new ArgumentException($"{name} holds a line break", nameof(value));
        _fields.Add(new SipHeader(name, value));
        return this;
    }

    /// <summary>Replaces every field of that name by one.</summary>
    public SipHeaders Set(string name, string value)
    {
        var at = _fields.FindIndex(field => Same(field.Name, name));
        if (at < 0) return Add(name, value);
        Remove(name);
        Add(name, value);
        var last = _fields[^1];
        _fields.RemoveAt(_fields.Count - 1);
        _fields.Insert(at, last);
        return this;
    }

    /// <summary>Removes every field of that name.</summary>
    public void Remove(string name) => _fields.RemoveAll(field => Same(field.Name, name));

    /// <inheritdoc/>
    public IEnumerator<SipHeader> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
