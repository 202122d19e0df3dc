using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>A way to protect a stream, with its keys (RFC 4568 section 4). It prints without them, so that no log can hold one.</summary>
/// <param name="Tag">Which of the offered ways it is, 0 to 999999999.</param>
/// <param name="Suite">The algorithms, such as AES_CM_128_HMAC_SHA1_80.</param>
/// <param name="KeyParameters">The keys as written, <c>inline:</c> and base64 with lifetime and MKI; one at least.</param>
/// <param name="SessionParameters">What follows them, as written.</param>
public sealed record SdpCrypto(uint Tag, string Suite, IReadOnlyList<string> KeyParameters, IReadOnlyList<string> SessionParameters)
{
    /// <summary>The name of the attribute.</summary>
    public const string AttributeName = "crypto";

    /// <summary>How a key that stands in the line itself begins.</summary>
    public const string Inline = "inline:";

    /// <summary>Whether its key names itself in each packet, after lifetime: <c>|2^20|1:4</c>.</summary>
    public bool HasKeyIdentifier => KeyParameters[0].LastIndexOf('|') is > 0 and var bar && KeyParameters[0].IndexOf(':', bar) > 0;

    /// <summary>The attribute that goes on the wire.</summary>
    public SdpAttribute ToAttribute() => new(AttributeName, string.Join(' ', [Tag.ToString(), Suite, string.Join(';', KeyParameters), .. SessionParameters]));

    /// <summary>Reads a value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SdpCrypto crypto)
    {
        crypto = null!;
        var words = text.ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || words[0].Length > 9 || !HeaderLexer.TryNumber(words[0], 999_999_999, out var tag) || !HeaderLexer.IsToken(words[1])) return false;
        var keys = words[2].Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (keys.Length == 0 || keys.Any(key => key.IndexOf(':', StringComparison.Ordinal) is var colon && (colon <= 0 || colon == key.Length - 1))) return false;
        crypto = new SdpCrypto(tag, words[1], keys, words[3..]);
        return true;
    }

    /// <summary>Master key and salt of the first inline key; false when it is none.</summary>
    /// <param name="octets">Key and salt together: 30 octets for the suites of AES-128 and SHA-1.</param>
    public bool TryKey(out byte[] octets)
    {
        octets = [];
        if (!KeyParameters[0].StartsWith(Inline, StringComparison.OrdinalIgnoreCase)) return false;
        var text = KeyParameters[0].AsSpan(Inline.Length);
        var bar = text.IndexOf('|');
        if (bar >= 0) text = text[..bar];
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64Chars(text, buffer, out var written) || written == 0) return false;
        octets = buffer[..written];
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tag} {Suite} (keys withheld)";
}
