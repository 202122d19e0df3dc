using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>How urgent a request is in the words of one network, such as <c>esnet.2</c> (RFC 4412 section 3.1, RFC 7135).</summary>
public readonly record struct ResourcePriority(string Namespace, string Value)
{
    private static readonly string[] Precedence = ["routine", "priority", "immediate", "flash", "flash-override", "flash-override-override"];

    /// <summary>Its place within the namespace, 0 the least urgent; null when we do not know the namespace or the value.</summary>
    /// <remarks>RFC 4412 section 12: ets, wps and q735 count downwards, 0 is the highest; RFC 7135: esnet counts upwards.</remarks>
    public int? Rank => Namespace switch
    {
        "ets" or "wps" or "q735" => Digit() is { } digit ? 4 - digit : null,
        "esnet" => Digit(),
        "dsn" => Word(5),
        "drsn" => Word(6),
        _ => null,
    };

    /// <summary>Reads one value; both parts come out in lower case, as they are compared without case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ResourcePriority priority)
    {
        priority = default;
        text = HeaderLexer.Trim(text);
        var dot = text.IndexOf('.');
        if (dot < 0) return false;
        var space = text[..dot];
        var value = text[(dot + 1)..];
        if (!HeaderLexer.IsToken(space) || !HeaderLexer.IsToken(value) || value.Contains('.')) return false;
        priority = new ResourcePriority(space.ToString().ToLowerInvariant(), value.ToString().ToLowerInvariant());
        return true;
    }

    /// <summary>The values of Resource-Priority or Accept-Resource-Priority, in the sender's order; malformed ones are left out.</summary>
    public static IReadOnlyList<ResourcePriority> ReadAll(SipHeaders headers, string name = HeaderNames.ResourcePriority)
    {
        var found = new List<ResourcePriority>();
        foreach (var value in headers.Values(name))
        {
            if (TryParse(value, out var priority)) found.Add(priority);
        }

        return found;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}.{Value}";

    private int? Digit() => Value is [>= '0' and <= '4'] ? Value[0] - '0' : null;

    private int? Word(int count)
    {
        var at = Array.IndexOf(Precedence, Value);
        return at >= 0 && at < count ? at : null;
    }
}
