namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>The hash of the certificate that a DTLS peer will show (RFC 8122 section 5).</summary>
/// <param name="Hash">The hash function, in lower case.</param>
/// <param name="Value">Its octets.</param>
public sealed record SdpFingerprint(string Hash, ReadOnlyMemory<byte> Value)
{
    /// <summary>Reads a value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SdpFingerprint fingerprint)
    {
        fingerprint = null!;
        text = text.Trim();
        var space = text.IndexOf(' ');
        if (space <= 0) return false;
        var hex = text[(space + 1)..].Trim();
        if (hex.Length is < 2 or > 200 || hex.Length % 3 != 2) return false;
        var octets = new byte[(hex.Length + 1) / 3];
        for (var i = 0; i < octets.Length; i++)
        {
            if (i > 0 && hex[i * 3 - 1] != ':') return false;
            if (!byte.TryParse(hex.Slice(i * 3, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out octets[i])) return false;
        }

        fingerprint = new SdpFingerprint(text[..space].ToString().ToLowerInvariant(), octets);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Hash} {string.Join(':', Value.ToArray().Select(octet => octet.ToString("X2")))}";
}
