using System.Collections;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The values of every field of one name, unsplit, in order.</summary>
public readonly struct SipFieldValues : IEnumerable<string>
{
    private readonly SipHeaders _headers;
    private readonly string _name;

    internal SipFieldValues(SipHeaders headers, string name) => (_headers, _name) = (headers, name);

    /// <summary>Walks them without allocating.</summary>
    public Enumerator GetEnumerator() => new(_headers, _name);

    IEnumerator<string> IEnumerable<string>.GetEnumerator()
    {
        foreach (var value in this) yield return value;
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<string>)this).GetEnumerator();

    /// <summary>A walk over the values.</summary>
    public struct Enumerator
    {
        private readonly SipHeaders _headers;
        private readonly string _name;
        private int _at = -1;

        internal Enumerator(SipHeaders headers, string name) => (_headers, _name) = (headers, name);

        /// <summary>The value that the walk stands on.</summary>
        public readonly string Current => _headers.TextAt(_at);

        /// <summary>Goes on to the next.</summary>
        public bool MoveNext() => (_at = _headers.Find(_name, _at + 1)) >= 0;
    }
}
