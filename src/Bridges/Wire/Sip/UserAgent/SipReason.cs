using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Why a peer ended or refused something (RFC 3326).</summary>
/// <param name="Protocol">The space of the cause: SIP, Q.850 or another.</param>
/// <param name="Cause">A status of SIP, a cause value of Q.850; null when none is given.</param>
/// <param name="Text">What the peer has to say to a person.</param>
public sealed record SipReason(string Protocol, int? Cause, string? Text = null)
{
    private const int LongestText = 200;

    /// <summary>Another phone of the same callee took the call: nobody missed it.</summary>
    public static SipReason CompletedElsewhere { get; } = new("SIP", 200, "Call completed elsewhere");

    /// <summary>Whether it says that somebody else took the call.</summary>
    public bool IsCompletedElsewhere => Protocol.Equals("SIP", StringComparison.OrdinalIgnoreCase) && Cause == 200;

    /// <summary>Reads one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> value, out SipReason reason)
    {
        reason = null!;
        var semicolon = value.IndexOf(';');
        var protocol = HeaderLexer.Trim(semicolon < 0 ? value : value[..semicolon]);
        if (!HeaderLexer.IsToken(protocol) || !SipParameters.TryParse(semicolon < 0 ? default : value[semicolon..], out var parameters)) return false;
        int? cause = HeaderLexer.TryNumber(parameters["cause"], 999, out var number) ? (int)number : null;
        var text = parameters["text"] is { Length: > 0 } written ? HeaderLexer.Unquote(written) : null;
        reason = new SipReason(protocol.ToString(), cause, text?.Length > LongestText ? text[..LongestText] : text);
        return true;
    }

    /// <summary>The most telling reason of a message: SIP's own before that of another network; null when it gives none.</summary>
    internal static SipReason? Of(SipMessage message)
    {
        SipReason? best = null;
        foreach (var value in message.Headers.Values(HeaderNames.Reason))
        {
            if (!TryParse(value, out var reason)) continue;
            if (reason.Protocol.Equals("SIP", StringComparison.OrdinalIgnoreCase)) return reason;
            best ??= reason;
        }

        return best;
    }

    /// <summary>The value of the field.</summary>
    public override string ToString() =>
        $"{Protocol}{(Cause is { } cause ? $";cause={cause}" : "")}{(Text is { } text ? $";text={HeaderLexer.Quote(text)}" : "")}";
}
