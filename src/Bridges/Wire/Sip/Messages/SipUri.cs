using System.Net;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>A SIP or SIPS URI (RFC 3261 section 19.1), or a URI of another scheme kept as text.</summary>
public sealed record SipUri
{
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

    /// <summary>Whether the scheme is sips, which nothing but TLS may carry.</summary>
    public bool IsSecure => Scheme == "sips";

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
        var taken = UriSyntax.TryRead(text, out var syntax);
        uri = taken ? syntax.ToUri() : null!;
        return taken;
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
        var taken = HostPort.TryRead(text, out var read);
        (host, port) = taken ? (read.Host, read.Port) : ("", null);
        return taken;
    }

    private static string Escape(string user)
    {
        var text = new StringBuilder(user.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(user))
        {
            if (octet < 0x80 && octet != '%' && octet != '#' && UriSyntax.IsUserChar((char)octet)) text.Append((char)octet);
            else text.Append('%').Append(octet.ToString("X2"));
        }

        return text.ToString();
    }
}
