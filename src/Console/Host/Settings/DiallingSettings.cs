using Interop.Hub.Grains.Dialling;

namespace Interop.Console.Host.Settings;

/// <summary>How much an agency may call at most.</summary>
internal static class DiallingSettings
{
    private const int Most = 10_000;

    public static DiallingOptions Read(SettingsReader reader)
    {
        var defaults = new DiallingOptions();
        return new DiallingOptions
        {
            PerMinute = reader.Number("Dialling:PerMinute", defaults.PerMinute, 1, Most),
            AtOnce = reader.Number("Dialling:AtOnce", defaults.AtOnce, 1, Most),
        };
    }
}
