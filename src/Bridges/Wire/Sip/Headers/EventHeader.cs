using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>What a subscription is about (RFC 6665 section 8.2.1): a package, and the id that tells two of its subscriptions apart.</summary>
public sealed record EventHeader(string Package, SipParameters Parameters)
{
    /// <summary>The id parameter.</summary>
    public string? Id => Parameters["id"];

    /// <summary>Whether both mean the same subscription of a dialog; packages are compared octet for octet, other parameters do not count.</summary>
    public bool Matches(EventHeader other) =>
        string.Equals(Package, other.Package, StringComparison.Ordinal) && string.Equals(Id, other.Id, StringComparison.Ordinal);

    /// <summary>Reads a value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EventHeader value)
    {
        value = null!;
        text = HeaderLexer.Trim(text);
        var end = text.IndexOf(';');
        var package = HeaderLexer.Trim(end < 0 ? text : text[..end]);
        if (!HeaderLexer.IsToken(package) || !SipParameters.TryParse(end < 0 ? default : text[end..], out var parameters)) return false;
        value = new EventHeader(package.ToString(), parameters);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Package}{Parameters}";
}
