using System.Diagnostics.Metrics;

namespace Interop.Console.Host.Live;

/// <summary>Counts what the live feeds carry.</summary>
internal static class LiveMeter
{
    private static readonly Meter Meter = new("Interop.Console.Live");

    private static readonly UpDownCounter<int> Browsers = Meter.CreateUpDownCounter<int>("interop.live.browsers", description: "Connections to /live");

    private static readonly Counter<long> Overruns = Meter.CreateCounter<long>("interop.live.overruns", description: "Connections cut because the browser did not keep up");

    public static void Connected() => Browsers.Add(1);

    public static void Disconnected() => Browsers.Add(-1);

    public static void Overrun() => Overruns.Add(1);
}
