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
        var taken = ViaSyntax.TryRead(text, out var syntax);
        via = taken ? syntax.ToVia() : null!;
        return taken;
    }

    /// <inheritdoc/>
    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters}";
}
