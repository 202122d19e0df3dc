using System.Globalization;

namespace Interop.Console.Host.Settings;

/// <summary>UDP ports from the first to the last, both included.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    public bool Contains(int port) => port >= First && port <= Last;

    public override string ToString() => $"{First}-{Last}";

    public static bool TryParse(string text, out PortRange ports)
    {
        ports = default;
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !Port(parts[0], out var first) || !Port(parts[1], out var last) || last <= first)
            return false;
        ports = new PortRange(first, last);
        return true;
    }

    private static bool Port(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1024 and <= 65535;
}
