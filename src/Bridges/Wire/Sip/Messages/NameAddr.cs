namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>A display name, a URI and header parameters: the value of From, To, Contact, Route and their kin.</summary>
public sealed record NameAddr(string? DisplayName, SipUri Uri, SipParameters Parameters)
{
    /// <summary>An address without display name and parameters.</summary>
    public NameAddr(SipUri uri) : this(null, uri, SipParameters.Empty) { }

    /// <summary>The tag parameter of From and To.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>The same with this tag.</summary>
    public NameAddr WithTag(string? tag) =>
        this with { Parameters = tag is null ? Parameters.Without("tag") : Parameters.With("tag", tag) };

    /// <summary>Reads one value; <c>*</c> is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NameAddr address)
    {
        var taken = AddressSyntax.TryRead(text, out var syntax);
        address = taken ? syntax.ToAddress() : null!;
        return taken;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.IsNullOrEmpty(DisplayName) ? $"<{Uri}>{Parameters}" : $"{HeaderLexer.Quote(DisplayName)} <{Uri}>{Parameters}";
}
