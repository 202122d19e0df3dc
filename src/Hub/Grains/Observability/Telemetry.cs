using System.Diagnostics;

namespace Interop.Hub.Grains.Observability;

/// <summary>The names under which the hub's metrics and traces are found.</summary>
public static class Telemetry
{
    /// <summary>The meter and the activity source.</summary>
    public const string Name = "Interop.Hub";

    internal static ActivitySource Source { get; } = new(Name);
}
