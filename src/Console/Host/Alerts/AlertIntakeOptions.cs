using Interop.Console.Host.Settings;

namespace Interop.Console.Host.Alerts;

/// <summary>How much one sender may post.</summary>
/// <param name="PerSecond">Kept up over time by one token or person.</param>
/// <param name="Burst">At once, after a pause.</param>
internal sealed record AlertIntakeOptions(int PerSecond, int Burst)
{
    public static AlertIntakeOptions Read(SettingsReader reader) => new(
        reader.Number("Alerts:PerSecond", 20, 1, 100_000),
        reader.Number("Alerts:Burst", 200, 1, 100_000));
}
