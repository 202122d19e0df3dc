using System.Globalization;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>How a subscription stands, as each NOTIFY says it (RFC 6665 section 4.1.3).</summary>
/// <param name="State">active, pending, terminated or a word of tomorrow; in lower case.</param>
/// <param name="Expires">Seconds left.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="RetryAfter">Seconds after which a new one may be tried.</param>
public sealed record SubscriptionStateHeader(string State, uint? Expires = null, string? Reason = null, uint? RetryAfter = null)
{
    /// <summary>Whether the subscription is over.</summary>
    public bool IsTerminated => State == "terminated";

    /// <summary>Reads a value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SubscriptionStateHeader value)
    {
        value = null!;
        text = HeaderLexer.Trim(text);
        var end = text.IndexOf(';');
        var state = HeaderLexer.Trim(end < 0 ? text : text[..end]);
        if (!HeaderLexer.IsToken(state) || !SipParameters.TryParse(end < 0 ? default : text[end..], out var parameters)) return false;
        value = new SubscriptionStateHeader(
            state.ToString().ToLowerInvariant(), Seconds(parameters["expires"]), parameters["reason"] is { Length: > 0 } reason ? reason : null, Seconds(parameters["retry-after"]));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var expires = Expires is { } left ? string.Create(CultureInfo.InvariantCulture, $";expires={left}") : "";
        var reason = Reason is { } why ? $";reason={why}" : "";
        var retry = RetryAfter is { } after ? string.Create(CultureInfo.InvariantCulture, $";retry-after={after}") : "";
        return $"{State}{expires}{reason}{retry}";
    }

    private static uint? Seconds(string? text) => HeaderLexer.TryNumber(text, uint.MaxValue, out var seconds) ? seconds : null;
}
