namespace Interop.Console.Demo.Sensors;

/// <summary>The small JSON alert that the hub's intake takes; docs/alerts.md has its fields.</summary>
internal sealed record AlertBody(
    string Source,
    string Id,
    string Action,
    IReadOnlyList<string> References,
    string Event,
    string Severity,
    string Headline,
    string Description,
    string AreaDesc,
    double Lat,
    double Lon,
    DateTimeOffset Sent,
    bool Exercise);

/// <summary>What the hub answers, as far as the sensor reads it.</summary>
internal sealed record AlertAnswer(AlertAnswer.Shown Alert)
{
    internal sealed record Shown(string Id, string? Room);
}
