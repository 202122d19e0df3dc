using System.Net;
using System.Net.Sockets;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Domain.Dialling;

/// <summary>An address to be called, taken apart so that rules can be held to what it means and not to how it is written.</summary>
/// <remarks>
/// Whatever could lead a call elsewhere than to user and host (<c>maddr</c>, a Route header, a password, an address in an odd
/// notation, an escape that hides another) is not read leniently but refused: a rule that passes it would be dodged.
/// </remarks>
/// <param name="Secure">True for <c>sips:</c>.</param>
/// <param name="User">With its escapes undone; empty when there is none.</param>
/// <param name="Host">A name in lower case without its last dot, or an IP address in its one right notation.</param>
/// <param name="Port">If one is named.</param>
/// <param name="Transport">In lower case, if one is named.</param>
internal sealed record DialAddress(bool Secure, string User, string Host, int? Port, string? Transport)
{
    /// <summary>So many digits make a telephone number; fewer are an extension.</summary>
    private const int FewestDigitsOfNumber = 7;

    private static readonly string[] HarmlessParameters = ["transport", "user", "ob", "gr"];

    /// <summary>The IP address that the host is, if it is one.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host, out var address) ? address : null;

    /// <summary>
    /// Whether a telephone system could take the user part for a telephone number. Digits are counted whatever stands
    /// between them: a gateway may skip what it does not know.
    /// </summary>
    public bool IsNumber => User.Count(char.IsAsciiDigit) >= FewestDigitsOfNumber;

    /// <summary>The number without its visual separators, when the user part is nothing else (RFC 3966 section 5.1.1).</summary>
    public string? Number => TelephoneNumber.Plain(User);

    /// <summary>Reads what may be called.</summary>
    /// <param name="text">The URI.</param>
    /// <param name="fault">What is wrong with it, in words that follow "The address".</param>
    public static DialAddress? Read(string? text, out string fault)
    {
        fault = "must be sip:user@host or sips:user@host.";
        if (FieldRules.SipUri("", text) is not null || text!.IndexOf(':', StringComparison.Ordinal) is var colon && text[..colon].ToLowerInvariant() is not ("sip" or "sips"))
            return null;
        var secure = colon == 4;
        var rest = text[(colon + 1)..];
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        var user = at < 0 ? "" : Unescape(rest[..at]);
        if (user is null)
        {
            fault = "must have a plain user part, without a password and without escapes of %, @ or what cannot be seen.";
            return null;
        }

        var target = rest[(at + 1)..].Split('?', 2);
        if (target.Length > 1 && !IsReplaces(target[1]))
        {
            fault = "takes no headers but Replaces.";
            return null;
        }

        var parts = target[0].Split(';');
        if (ReadParameters(parts.AsSpan(1), ref fault) is not { } transport)
            return null;
        if (ReadHost(parts[0], ref fault) is not { } hostPort)
            return null;
        return new DialAddress(secure, user, hostPort.Host, hostPort.Port, transport.Length > 0 ? transport : null);
    }

    /// <summary>Whether a call to the other address is a call to this one; a port or a transport that this one leaves open is free.</summary>
    public bool Covers(DialAddress other) =>
        User == other.User && Host == other.Host && LeavesOpen(other);

    /// <summary>Whether scheme, port and transport of the other are what this one names.</summary>
    public bool LeavesOpen(DialAddress other) =>
        (!Secure || other.Secure)
        && (Port is null || Port == (other.Port ?? (other.Secure ? 5061 : 5060)))
        && (Transport is null || Transport == (other.Transport ?? (other.Secure ? "tls" : "udp")));

    /// <summary>
    /// RFC 3515 section 2.4.4: a transfer names the call whose place the new one takes. It changes who picks up at the
    /// address and not the address; another header (Route) would.
    /// </summary>
    private static bool IsReplaces(string headers) =>
        headers.StartsWith("Replaces=", StringComparison.OrdinalIgnoreCase)
        && !headers.Contains('&', StringComparison.Ordinal)
        && !headers.Contains("%0", StringComparison.Ordinal)
        && !headers.Contains("%1", StringComparison.Ordinal);

    /// <summary>Host and port; the host in its one right form.</summary>
    private static (string Host, int? Port)? ReadHost(string text, ref string fault)
    {
        fault = "must name a host, or an IP address written the usual way: 192.0.2.1 or [2001:db8::1].";
        int? port = null;
        var end = text.LastIndexOf(':');
        if (end > text.LastIndexOf(']'))
        {
            if (!ushort.TryParse(text[(end + 1)..], System.Globalization.NumberStyles.None, null, out var number) || number == 0)
                return null;
            (text, port) = (text[..end], number);
        }

        if (text.StartsWith('[') && text.EndsWith(']'))
            return !text.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(text[1..^1], out var six) && six.AddressFamily == AddressFamily.InterNetworkV6
                ? ((six.IsIPv4MappedToIPv6 ? six.MapToIPv4() : six).ToString(), port)
                : null;
        var host = (text.EndsWith('.') ? text[..^1] : text).ToLowerInvariant();
        if (host.Length == 0 || !host.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_') || host.Contains("..", StringComparison.Ordinal))
            return null;
        // 127.1, 0x7f000001 and 2130706433 are all the same address to a resolver, and none of them to a reader.
        return IPAddress.TryParse(host, out var four) && four.ToString() != host ? null : (host, port);
    }

    /// <returns>The transport, empty for none; null when there is a parameter that could lead the call elsewhere.</returns>
    private static string? ReadParameters(ReadOnlySpan<string> parameters, ref string fault)
    {
        var transport = "";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            var name = parameter.Split('=', 2)[0].ToLowerInvariant();
            if (!HarmlessParameters.Contains(name) || !seen.Add(name))
            {
                fault = $"takes no parameters but {string.Join(", ", HarmlessParameters)}, each once.";
                return null;
            }

            if (name != "transport")
                continue;
            transport = parameter[(parameter.IndexOf('=', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
            if (transport is "udp" or "tcp" or "tls")
                continue;
            fault = "names a transport that is none of udp, tcp and tls.";
            return null;
        }

        return transport;
    }

    private static string? Unescape(string text)
    {
        var user = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == ':')
                return null;
            if (character == '%')
            {
                if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var escaped))
                    return null;
                (character, i) = ((char)escaped, i + 2);
                if (character is <= ' ' or >= '\x7f' or '%' or '@')
                    return null;
            }

            user.Append(character);
        }

        return user.ToString();
    }
}
