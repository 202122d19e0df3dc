namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>One hop that a request took, and the way its response goes back (RFC 3261 section 20.42).</summary>
public sealed record Via(string Transport, string Host, int? Port, SipParameters Parameters)
{
    /// <summary>What begins the branch of every element that follows RFC 3261.</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The branch parameter.</summary>
    public string? Branch => Parameters["branch"];

    /// <summary>Host and port as the sender knows itself.</summary>
    public string SentBy => Port is { } port ? $"{Host}:{port}" : Host;

    /// <summary>Whether the branch is unique by RFC 3261; older elements are matched by their header fields.</summary>
    public bool HasUniqueBranch => Branch is { } branch
        && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Via via)
    {
        via = null!;
        var first = text.IndexOf('/');
        if (first < 0) return false;
        var second = text[(first + 1)..].IndexOf('/');
        if (second < 0) return false;
        second += first + 1;
        if (!HeaderLexer.Trim(text[..first]).Equals("SIP", StringComparison.OrdinalIgnoreCase)) return false;
        if (!HeaderLexer.Trim(text[(first + 1)..second]).SequenceEqual("2.0")) return false;
        var rest = HeaderLexer.Trim(text[(second + 1)..]);
        var space = rest.IndexOfAny(' ', '\t');
        if (space < 0) return false;
        var transport = rest[..space];
        if (!HeaderLexer.IsToken(transport)) return false;
        rest = HeaderLexer.Trim(rest[space..]);
        var semicolon = rest.IndexOf(';');
        var sentBy = HeaderLexer.Trim(semicolon < 0 ? rest : rest[..semicolon]).ToString().Replace(" ", "", StringComparison.Ordinal);
        if (!SipUri.TryHostPort(sentBy, out var host, out var port)) return false;
        if (!SipParameters.TryParse(semicolon < 0 ? default : rest[semicolon..], out var parameters)) return false;
        via = new Via(transport.ToString().ToUpperInvariant(), host, port, parameters);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters}";
}
