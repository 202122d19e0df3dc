using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Interop.Bridges.Media.Sockets;

/// <summary>The UDP ports that calls may use, written "10000-19999". RTP takes the even ones and RTCP the next (RFC 3550 §11).</summary>
public readonly record struct PortRange(int First, int Last)
{
    /// <summary>How many pairs of an even and the next port it holds.</summary>
    public int Pairs => Math.Max(0, (Last + 1 - EvenFirst) / 2);

    private int EvenFirst => First + (First & 1);

    /// <summary>Reads "first-last" with 1024 ≤ first ≤ last ≤ 65,535 and room for one pair.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PortRange range)
    {
        range = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 0 || !TryPort(text.AsSpan(0, dash), out var first) || !TryPort(text.AsSpan(dash + 1), out var last)) return false;
        range = new PortRange(first, last);
        return first >= 1024 && range.Pairs > 0;
    }

    /// <inheritdoc />
    public override string ToString() => $"{First}-{Last}";

    internal int PortOf(int pair) => EvenFirst + (2 * pair);

    private static bool TryPort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65_535;
}
