using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The first line of a message: a request line or a status line, or as much of it as makes an answer possible.</summary>
internal readonly struct StartLine
{
    private static readonly SipUri Unreadable = new() { Scheme = "sip", Host = "invalid" };

    private StartLine(string method, SipUri uri, int status, string reason, SipParseErrorKind fault)
    {
        Method = method;
        Uri = uri;
        Status = status;
        Reason = reason;
        Error = new SipParseError(fault, 0, null);
    }

    public string Method { get; }

    public SipUri Uri { get; }

    public int Status { get; }

    public string Reason { get; }

    public SipParseError Error { get; }

    public static StartLine Read(ReadOnlySpan<byte> octets, SipLimits limits)
    {
        if (octets.Length > limits.HeaderBytes) return Failed();
        Span<char> buffer = octets.Length <= 512 ? stackalloc char[512] : new char[octets.Length];
        ReadOnlySpan<char> line = buffer[..Encoding.UTF8.GetChars(octets, buffer)];
        if (line.ContainsAny('\0', '\r', '\n')) return Failed();
        return line.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase) ? ReadStatus(line) : ReadRequest(line, limits);
    }

    private static StartLine ReadRequest(ReadOnlySpan<char> line, SipLimits limits)
    {
        var first = line.IndexOf(' ');
        var method = first < 0 ? line : line[..first];
        if (!HeaderLexer.IsToken(method)) return Failed();
        var name = SipMethods.Intern(method);
        var last = line.LastIndexOf(' ');
        if (first < 0 || last <= first) return new(name, Unreadable, 0, "", SipParseErrorKind.StartLine);
        var version = line[(last + 1)..];
        var target = line[(first + 1)..last];
        var isSip = version.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase);
        if (isSip && !version[4..].SequenceEqual("2.0")) return new(name, Unreadable, 0, "", SipParseErrorKind.Version);
        if (!isSip || !UriSyntax.TryRead(target, out var uri)) return new(name, Unreadable, 0, "", SipParseErrorKind.StartLine);
        if (uri.Length > limits.UriChars || uri.ParameterCount > limits.Parameters) return new(name, Unreadable, 0, "", SipParseErrorKind.UriTooLong);
        // Headers in a Request-URI are not allowed (RFC 3261 section 19.1.1), and must never become header fields.
        return uri.HasHeaders ? new(name, Unreadable, 0, "", SipParseErrorKind.StartLine) : new(name, uri.ToUri(), 0, "", SipParseErrorKind.None);
    }

    private static StartLine ReadStatus(ReadOnlySpan<char> line)
    {
        var first = line.IndexOf(' ');
        if (first < 0 || !line[4..first].SequenceEqual("2.0")) return Failed();
        var rest = line[(first + 1)..];
        if (rest.Length < 3 || !HeaderLexer.TryNumber(rest[..3], 699, out var status) || status < 100) return Failed();
        if (rest.Length > 3 && rest[3] != ' ') return Failed();
        return new("", Unreadable, (int)status, rest.Length > 4 ? ReasonPhrases.Intern((int)status, rest[4..]) : "", SipParseErrorKind.None);
    }

    private static StartLine Failed() => new("", Unreadable, 0, "", SipParseErrorKind.StartLine);
}
