using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>What one Contact of a REGISTER asks for, or of its 200 grants (RFC 3261 section 20.10, RFC 5626).</summary>
public sealed record ContactBinding(NameAddr Address)
{
    /// <summary>What a malformed expires parameter is worth, in seconds (section 20.10).</summary>
    public const uint MalformedExpires = 3600;

    /// <summary>The seconds that its own expires parameter names; null when it has none and the Expires field holds.</summary>
    public uint? Expires => Address.Parameters["expires"] is not { } written ? null
        : HeaderLexer.TryNumber(written, uint.MaxValue, out var seconds) ? seconds : MalformedExpires;

    /// <summary>Its preference in thousandths, 1000 the most wanted; null when it has no readable q.</summary>
    public int? Preference => ReadPreference(Address.Parameters["q"]);

    /// <summary>The +sip.instance URN, without quotes and brackets.</summary>
    public string? InstanceId
    {
        get
        {
            if (Address.Parameters["+sip.instance"] is not { } written) return null;
            var plain = HeaderLexer.Unquote(written);
            return plain is ['<', _, .., '>'] ? plain[1..^1] : null;
        }
    }

    /// <summary>Which of an instance's flows this is (RFC 5626 section 4.2.1).</summary>
    public uint? RegId => HeaderLexer.TryNumber(Address.Parameters["reg-id"], int.MaxValue, out var number) && number > 0 ? number : null;

    /// <summary>Every Contact of a message that the parser took.</summary>
    /// <param name="all">Whether a <c>*</c> stands among them, which means all bindings (RFC 3261 section 10.2.2).</param>
    public static IReadOnlyList<ContactBinding> ReadAll(SipHeaders headers, out bool all)
    {
        var found = new List<ContactBinding>();
        all = false;
        foreach (var value in headers.Values(HeaderNames.Contact))
        {
            if (value == "*") all = true;
            else if (NameAddr.TryParse(value, out var address)) found.Add(new ContactBinding(address));
        }

        return found;
    }

    /// <summary>A q value is 0 to 1 with at most three digits after the point.</summary>
    private static int? ReadPreference(string? text)
    {
        if (text is null or [] || text[0] is not ('0' or '1') || text.Length > 5) return null;
        if (text.Length == 1) return (text[0] - '0') * 1000;
        if (text[1] != '.') return null;
        var digits = text.AsSpan(2);
        if (!digits.IsEmpty && !HeaderLexer.TryNumber(digits, 999, out _)) return null;
        var thousandths = 0;
        for (var i = 0; i < 3; i++) thousandths = thousandths * 10 + (i < digits.Length ? digits[i] - '0' : 0);
        var preference = (text[0] - '0') * 1000 + thousandths;
        return preference <= 1000 ? preference : null;
    }
}
