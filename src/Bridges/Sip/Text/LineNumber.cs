using System.Globalization;
using Interop.Hub.Contracts.Live;

namespace Interop.Bridges.Sip.Text;

/// <summary>The place of a line in its room's chat: rooms number their lines, <c>line-12</c> after <c>line-11</c>.</summary>
internal static class LineNumber
{
    /// <summary>The number; 0 for a line that has none, which is then sent without being remembered.</summary>
    public static long Of(ChatLine line)
    {
        var hyphen = line.Id.LastIndexOf('-');
        return long.TryParse(line.Id.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
