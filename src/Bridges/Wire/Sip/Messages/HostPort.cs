using System.Buffers;
using System.Net;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>A host and perhaps a port, the host as a span of its text; an IPv6 address stands in brackets.</summary>
internal ref struct HostPort
{
    private static readonly SearchValues<char> HostChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private ReadOnlySpan<char> _host;
    private bool _hasThreeColons;

    public int? Port { get; private set; }

    public readonly string Host => _hasThreeColons ? WithTwoColons(_host) : _host.ToString();

    public static bool TryRead(ReadOnlySpan<char> text, out HostPort read)
    {
        read = default;
        int end;
        if (text.StartsWith('['))
        {
            end = text.IndexOf(']') + 1;
            if (end < 2 || !read.TryLiteral(text[..end])) return false;
        }
        else
        {
            end = text.IndexOf(':');
            if (end < 0) end = text.Length;
            read._host = text[..end];
            if (read._host.IsEmpty || read._host.ContainsAnyExcept(HostChars)) return false;
        }

        if (end == text.Length) return true;
        if (text[end] != ':' || !HeaderLexer.TryNumber(text[(end + 1)..], 65535, out var number)) return false;
        read.Port = (int)number;
        return true;
    }

    private bool TryLiteral(ReadOnlySpan<char> bracketed)
    {
        _host = bracketed;
        _hasThreeColons = bracketed.IndexOf(":::") >= 0;
        return bracketed.Contains(':')
            && (_hasThreeColons ? IPAddress.IsValid(WithTwoColons(bracketed).AsSpan()[1..^1]) : IPAddress.IsValid(bracketed[1..^1]));
    }

    /// <summary>RFC 5118 section 4.10: peers that follow the old grammar write three colons; they MUST be tolerated.</summary>
    private static string WithTwoColons(ReadOnlySpan<char> host) => host.ToString().Replace(":::", "::", StringComparison.Ordinal);
}
