using System.Buffers;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>The dialog that a new call is to take the place of (RFC 3891).</summary>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="ToTag">The tag of the side that receives the field: ours, when it comes to us.</param>
/// <param name="FromTag">The tag of the other side.</param>
/// <param name="EarlyOnly">Only a dialog that is not answered yet may be replaced.</param>
public sealed record Replaces(string CallId, string ToTag, string FromTag, bool EarlyOnly)
{
    /// <summary>The option tag.</summary>
    internal const string OptionTag = "replaces";

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t,\"<>");

    private const int LongestHeaders = 1024;

    /// <summary>Reads the value of a Replaces field; both tags have to be there.</summary>
    public static bool TryParse(string? value, out Replaces replaces)
    {
        replaces = null!;
        if (value is null) return false;
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        if (semicolon <= 0) return false;
        var callId = HeaderLexer.Trim(value.AsSpan(0, semicolon)).ToString();
        if (callId.Length == 0 || callId.AsSpan().ContainsAny(Separators)) return false;
        if (!SipParameters.TryParse(value.AsSpan(semicolon), out var parameters)) return false;
        if (parameters["to-tag"] is not { Length: > 0 } to || parameters["from-tag"] is not { Length: > 0 } from) return false;
        replaces = new Replaces(callId, to, from, parameters.Has("early-only"));
        return true;
    }

    /// <summary>What a URI carries behind its question mark; every other field there is left alone, as it could forge one of ours (RFC 3261 section 19.1.5).</summary>
    public static Replaces? Of(SipUri uri)
    {
        if (uri.Headers is not { Length: <= LongestHeaders } headers) return null;
        Replaces? found = null;
        foreach (var part in headers.Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !part.AsSpan(0, equals).Equals(HeaderNames.Replaces, StringComparison.OrdinalIgnoreCase)) continue;
            var value = Uri.UnescapeDataString(part[(equals + 1)..]);
            if (found is not null || value.Any(char.IsControl) || !TryParse(value, out found)) return null;
        }

        return found;
    }

    /// <summary>The value of the field.</summary>
    public override string ToString() => $"{CallId};to-tag={ToTag};from-tag={FromTag}{(EarlyOnly ? ";early-only" : "")}";
}
