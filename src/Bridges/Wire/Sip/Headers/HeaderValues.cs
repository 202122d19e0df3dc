using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>The simple typed values of header fields: numbers, addresses, and the words of Privacy and P-Early-Media.</summary>
public static class HeaderValues
{
    /// <summary>The number of Expires, Min-Expires, RSeq and their like; null when it is not there or no number below 2**32.</summary>
    public static uint? Number(this SipHeaders headers, string name) =>
        headers[name] is { } text && HeaderLexer.TryNumber(HeaderLexer.Trim(text), uint.MaxValue, out var number) ? number : null;

    /// <summary>The addresses of Path, Service-Route, Route, P-Asserted-Identity; false when one of them is malformed.</summary>
    public static bool TryAddresses(this SipHeaders headers, string name, out IReadOnlyList<NameAddr> addresses)
    {
        var found = new List<NameAddr>();
        addresses = found;
        foreach (var value in headers.Values(name))
        {
            if (!NameAddr.TryParse(value, out var address)) return false;
            found.Add(address);
        }

        return true;
    }

    /// <summary>Whether the sender asks for this kind of privacy, such as <c>id</c> (RFC 3323 section 4.2, RFC 3325 section 9.3).</summary>
    public static bool AsksPrivacy(this SipHeaders headers, string kind)
    {
        foreach (var field in headers.All(HeaderNames.Privacy))
        {
            foreach (var range in field.AsSpan().Split(';'))
            {
                if (HeaderLexer.Trim(field.AsSpan()[range]).Equals(kind, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }

    /// <summary>The header fields that a URI carries after its question mark, unescaped once, in order; malformed ones are left out.</summary>
    /// <remarks>Refer-To names a Replaces in this way (RFC 3891 section 4). A stranger wrote them: take only what is known to be wanted.</remarks>
    public static IReadOnlyList<SipHeader> HeaderFields(this SipUri uri)
    {
        var fields = new List<SipHeader>();
        if (uri.Headers is not { } text) return fields;
        foreach (var range in text.AsSpan().Split('&'))
        {
            var item = text.AsSpan()[range];
            var equals = item.IndexOf('=');
            if (equals <= 0) continue;
            var name = Uri.UnescapeDataString(item[..equals]);
            var value = Uri.UnescapeDataString(item[(equals + 1)..]);
            if (HeaderLexer.IsToken(name) && value.AsSpan().IndexOfAny('\r', '\n') < 0) fields.Add(new SipHeader(HeaderNames.Intern(name), value));
        }

        return fields;
    }
}
