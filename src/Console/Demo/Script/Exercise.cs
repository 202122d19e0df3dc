using System.Net;

namespace Interop.Console.Demo.Script;

/// <summary>When something happens, counted from the beginning of its scene.</summary>
internal sealed record Cue(TimeSpan At, Act Act);

/// <summary>A stretch of the exercise.</summary>
internal sealed record Scene(TimeSpan Length, IReadOnlyList<Cue> Cues);

/// <summary>A phone; its address lies in the network of its agency's trunk, which proves the agency.</summary>
internal sealed record PhoneRole(string Id, string Name, IPAddress Address);

/// <summary>The far end of a channel's gateway.</summary>
/// <param name="Hears">Where the hub keys it: its own address, or a group.</param>
/// <param name="Speaks">Where the hub hears it.</param>
internal sealed record RadioRole(string Id, IPEndPoint Hears, IPEndPoint Speaks);

/// <summary>A sensor that posts alerts of one place.</summary>
internal sealed record SensorRole(string Id, string Event, string Severity, string Area, double Latitude, double Longitude);

/// <summary>Who takes part, and who does what when.</summary>
/// <param name="Floor">The code of the standing room.</param>
/// <param name="Opening">From the first call to an incident that runs by itself.</param>
/// <param name="Traffic">What goes on after it, again and again.</param>
internal sealed record Exercise(
    string Floor,
    IReadOnlyList<PhoneRole> Phones,
    IReadOnlyList<RadioRole> Radios,
    SensorRole Sensor,
    Scene Opening,
    Scene Traffic);
