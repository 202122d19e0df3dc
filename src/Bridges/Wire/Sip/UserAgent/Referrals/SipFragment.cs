using System.Text;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.UserAgent.Referrals;

/// <summary>The status line of a message/sipfrag body (RFC 3420), which is all that a report on a REFER must have.</summary>
internal static class SipFragment
{
    private const int LongestLine = 256;

    public static bool TryStatus(ReadOnlySpan<byte> body, out int status, out string reason)
    {
        status = 0;
        reason = "";
        var end = body.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? body : body[..end];
        if (line.Length > LongestLine || !line.StartsWith("SIP/2.0 "u8)) return false;
        var text = Encoding.UTF8.GetString(line[8..]);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (!HeaderLexer.TryNumber(space < 0 ? text : text.AsSpan(0, space), 699, out var number) || number < 100) return false;
        status = (int)number;
        reason = space < 0 ? ReasonPhrases.Of(status) : text[(space + 1)..].Trim();
        return true;
    }
}
