using System.Buffers;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The parts of a URI as spans of its text: what is enough to judge it without building anything.</summary>
internal ref struct UriSyntax
{
    private static readonly SearchValues<char> UserChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()&=+$,;?/%#");

    private static readonly SearchValues<char> PasswordChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()&=+$,%");

    private static readonly SearchValues<char> ParameterChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()[]/:&+$%");

    private static readonly SearchValues<char> SchemeChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private static readonly SearchValues<char> NoUriChars = SearchValues.Create([.. Enumerable.Range(0, 33).Select(code => (char)code), .. "<>\"\x7f"]);

    private ReadOnlySpan<char> _scheme;
    private ReadOnlySpan<char> _user;
    private ReadOnlySpan<char> _password;
    private HostPort _host;
    private ReadOnlySpan<char> _parameters;
    private ReadOnlySpan<char> _headers;
    private ReadOnlySpan<char> _opaque;
    private bool _hasPassword;

    /// <summary>How many characters it has.</summary>
    public int Length { get; private set; }

    /// <summary>Whether a question mark and header fields follow.</summary>
    public bool HasHeaders { get; private set; }

    /// <summary>How many URI parameters it has.</summary>
    public int ParameterCount { get; private set; }

    public static bool IsUserChar(char c) => UserChars.Contains(c);

    public static bool TryRead(ReadOnlySpan<char> text, out UriSyntax uri)
    {
        uri = new UriSyntax { Length = text.Length };
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(text[0])) return false;
        if (text.ContainsAny(NoUriChars)) return false;
        uri._scheme = text[..colon];
        if (uri._scheme.ContainsAnyExcept(SchemeChars)) return false;
        var rest = text[(colon + 1)..];
        if (IsSip(uri._scheme)) return uri.TryReadSip(rest);
        uri._opaque = rest;
        return !rest.IsEmpty;
    }

    public readonly SipUri ToUri()
    {
        var scheme = SipWords.InternLower(_scheme);
        if (!_opaque.IsEmpty) return new SipUri { Scheme = scheme, Host = "", Opaque = _opaque.ToString() };
        return new SipUri
        {
            Scheme = scheme,
            User = _user.IsEmpty ? null : _user.ToString(),
            Password = _hasPassword ? _password.ToString() : null,
            Host = _host.Host.ToString(),
            Port = _host.Port,
            Parameters = SipParameters.OfUri(_parameters, ParameterCount),
            Headers = HasHeaders ? _headers.ToString() : null,
        };
    }

    private static bool IsSip(ReadOnlySpan<char> scheme) =>
        scheme.Equals("sip", StringComparison.OrdinalIgnoreCase) || scheme.Equals("sips", StringComparison.OrdinalIgnoreCase);

    private bool TryReadSip(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        if (at >= 0)
        {
            if (!TryReadUser(text[..at])) return false;
            text = text[(at + 1)..];
        }

        var question = text.IndexOf('?');
        if (question >= 0)
        {
            HasHeaders = true;
            _headers = text[(question + 1)..];
            text = text[..question];
        }

        var semicolon = text.IndexOf(';');
        if (!HostPort.TryRead(semicolon < 0 ? text : text[..semicolon], out _host)) return false;
        _parameters = semicolon < 0 ? default : text[(semicolon + 1)..];
        return TryCountParameters();
    }

    private bool TryReadUser(ReadOnlySpan<char> info)
    {
        var colon = info.IndexOf(':');
        _user = colon < 0 ? info : info[..colon];
        if (_user.IsEmpty || !IsEscaped(_user, UserChars)) return false;
        _hasPassword = colon >= 0;
        _password = colon < 0 ? default : info[(colon + 1)..];
        return IsEscaped(_password, PasswordChars);
    }

    private bool TryCountParameters()
    {
        if (_parameters.IsEmpty) return true;
        foreach (var range in _parameters.Split(';'))
        {
            var item = _parameters[range];
            var equals = item.IndexOf('=');
            var name = equals < 0 ? item : item[..equals];
            var value = equals < 0 ? default : item[(equals + 1)..];
            if (name.IsEmpty || !IsEscaped(name, ParameterChars) || !IsEscaped(value, ParameterChars)) return false;
            ParameterCount++;
        }

        return true;
    }

    private static bool IsEscaped(ReadOnlySpan<char> text, SearchValues<char> allowed)
    {
        if (text.ContainsAnyExcept(allowed)) return false;
        for (var at = text.IndexOf('%'); at >= 0;)
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2])) return false;
            var next = text[(at + 3)..].IndexOf('%');
            at = next < 0 ? -1 : at + 3 + next;
        }

        return true;
    }
}
