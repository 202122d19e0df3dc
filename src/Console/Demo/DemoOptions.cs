using System.Net;

namespace Interop.Console.Demo;

/// <summary>Where the demo's parties find the hub.</summary>
/// <param name="Sip">Where the phones call.</param>
/// <param name="Console">The address of the console once it listens; null until then.</param>
/// <param name="SensorToken">The secret that the sensor posts with.</param>
public sealed record DemoOptions(IPEndPoint Sip, Func<IServiceProvider, Uri?> Console, string SensorToken);
