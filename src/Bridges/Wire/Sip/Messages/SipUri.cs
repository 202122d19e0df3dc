using System.Buffers;
using System.Net;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>A SIP or SIPS URI (RFC 3261 section 19.1), or a URI of another scheme kept as text.</summary>
public sealed record SipUri
{
    private static readonly SearchValues<char> UserChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()&=+$,;?/%#");

    private static readonly SearchValues<char> PasswordChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()&=+$,%");

    private static readonly SearchValues<char> ParameterChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()[]/:&+$%");

    private static readonly SearchValues<char> HostChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>The scheme, in lower case.</summary>
    public required string Scheme { get; init; }

    /// <summary>The user part as written, with its escapes.</summary>
    public string? User { get; init; }

    /// <summary>The password part, as written.</summary>
    public string? Password { get; init; }

    /// <summary>The host; an IPv6 address keeps its brackets. Empty for another scheme.</summary>
    public required string Host { get; init; }

    /// <summary>The port, if one is written.</summary>
    public int? Port { get; init; }

    /// <summary>The URI parameters.</summary>
    public SipParameters Parameters { get; init; } = SipParameters.Empty;

    /// <summary>What follows the question mark, as written.</summary>
    public string? Headers { get; init; }

    /// <summary>What follows the colon of a scheme that is not SIP's.</summary>
    public string? Opaque { get; init; }

    /// <summary>Whether the scheme is sip or sips.</summary>
    public bool IsSip => Opaque is null;

    /// <summary>The user part with its escapes undone once.</summary>
    public string UserName => User is null ? "" : Uri.UnescapeDataString(User);

    /// <summary>The address, when the host is one.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host.AsSpan().Trim("[]"), out var address) ? address : null;

    /// <summary>A sip URI of these parts; the user is escaped where it must be.</summary>
    public static SipUri Create(string? user, string host, int? port = null) => new()
    {
        Scheme = "sip",
        User = string.IsNullOrEmpty(user) ? null : Escape(user),
        Host = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host,
        Port = port,
    };

    /// <summary>Reads a URI written by ourselves or in configuration.</summary>
    /// <exception cref="FormatException">It is not a URI.</exception>
    public static SipUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is no URI");

    /// <summary>Reads a URI that stands alone, without spaces or brackets around it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SipUri uri)
    {
        uri = null!;
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(text[0])) return false;
        foreach (var c in text)
        {
            if (c is <= ' ' or '<' or '>' or '"' or '\x7f') return false;
        }

        var scheme = text[..colon];
        foreach (var c in scheme)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;
        }

        var lower = scheme.ToString().ToLowerInvariant();
        var rest = text[(colon + 1)..];
        if (lower is "sip" or "sips") return TryParseSip(lower, rest, out uri);
        if (rest.IsEmpty) return false;
        uri = new SipUri { Scheme = lower, Host = "", Opaque = rest.ToString() };
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Opaque is not null) return $"{Scheme}:{Opaque}";
        var text = new StringBuilder(Scheme).Append(':');
        if (User is not null)
        {
            text.Append(User);
            if (Password is not null) text.Append(':').Append(Password);
            text.Append('@');
        }

        text.Append(Host);
        if (Port is { } port) text.Append(':').Append(port);
        text.Append(Parameters);
        if (Headers is not null) text.Append('?').Append(Headers);
        return text.ToString();
    }

    internal static bool TryHostPort(ReadOnlySpan<char> text, out string host, out int? port)
    {
        host = "";
        port = null;
        var end = 0;
        if (text.StartsWith('['))
        {
            end = text.IndexOf(']') + 1;
            // RFC 5118 section 4.10: peers that follow the old grammar write three colons; they MUST be tolerated.
            var literal = end < 2 ? "" : text[1..(end - 1)].ToString().Replace(":::", "::", StringComparison.Ordinal);
            if (!literal.Contains(':') || !IPAddress.TryParse(literal, out _)) return false;
            host = $"[{literal}]";
        }
        else
        {
            end = text.IndexOf(':');
            var name = end < 0 ? text : text[..end];
            if (name.IsEmpty || name.ContainsAnyExcept(HostChars)) return false;
            host = name.ToString();
            if (end < 0) return true;
        }

        if (end == text.Length) return true;
        if (text[end] != ':' || !HeaderLexer.TryNumber(text[(end + 1)..], 65535, out var number)) return false;
        port = (int)number;
        return true;
    }

    private static bool TryParseSip(string scheme, ReadOnlySpan<char> text, out SipUri uri)
    {
        uri = null!;
        string? user = null;
        string? password = null;
        var at = text.IndexOf('@');
        if (at >= 0)
        {
            var info = text[..at];
            text = text[(at + 1)..];
            var colon = info.IndexOf(':');
            var name = colon < 0 ? info : info[..colon];
            if (name.IsEmpty || !IsEscaped(name, UserChars)) return false;
            user = name.ToString();
            if (colon >= 0)
            {
                if (!IsEscaped(info[(colon + 1)..], PasswordChars)) return false;
                password = info[(colon + 1)..].ToString();
            }
        }

        string? headers = null;
        var question = text.IndexOf('?');
        if (question >= 0)
        {
            headers = text[(question + 1)..].ToString();
            text = text[..question];
        }

        var semicolon = text.IndexOf(';');
        var hostPort = semicolon < 0 ? text : text[..semicolon];
        if (!TryHostPort(hostPort, out var host, out var port)) return false;
        if (!TryParameters(semicolon < 0 ? default : text[(semicolon + 1)..], out var parameters)) return false;
        uri = new SipUri { Scheme = scheme, User = user, Password = password, Host = host, Port = port, Parameters = parameters, Headers = headers };
        return true;
    }

    private static bool TryParameters(ReadOnlySpan<char> text, out SipParameters parameters)
    {
        parameters = SipParameters.Empty;
        if (text.IsEmpty) return true;
        var items = new List<(string, string?)>(2);
        foreach (var range in text.Split(';'))
        {
            var item = text[range];
            var equals = item.IndexOf('=');
            var name = equals < 0 ? item : item[..equals];
            var value = equals < 0 ? default : item[(equals + 1)..];
            if (name.IsEmpty || !IsEscaped(name, ParameterChars) || !IsEscaped(value, ParameterChars)) return false;
            items.Add((name.ToString(), equals < 0 ? null : value.ToString()));
        }

        parameters = SipParameters.From(items);
        return true;
    }

    private static bool IsEscaped(ReadOnlySpan<char> text, SearchValues<char> allowed)
    {
        if (text.ContainsAnyExcept(allowed)) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%') continue;
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return false;
        }

        return true;
    }

    private static string Escape(string user)
    {
        var text = new StringBuilder(user.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(user))
        {
            if (octet < 0x80 && octet != '%' && octet != '#' && UserChars.Contains((char)octet)) text.Append((char)octet);
            else text.Append('%').Append(octet.ToString("X2"));
        }

        return text.ToString();
    }
}
