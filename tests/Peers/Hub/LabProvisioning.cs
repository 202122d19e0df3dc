namespace Interop.Tests.Peers.Hub;

/// <summary>What the laboratory's hubs are set up with.</summary>
public static class LabProvisioning
{
    /// <summary>A dispatcher of the Hartford police.</summary>
    public const string HpdToken = "hpd-dispatcher-for-tests-0123456789abcdef";

    /// <summary>A dispatcher of the Connecticut Intelligence Center.</summary>
    public const string CticToken = "ctic-dispatcher-for-tests-0123456789abcdef";

    /// <summary>A sensor system, which posts alerts and does nothing else.</summary>
    public const string SensorToken = "hpd-sensors-for-tests-0123456789abcdef0";

    /// <summary>The file's text.</summary>
    /// <param name="channels">Entries of <c>channels</c>, as JSON.</param>
    /// <param name="trunkFrom">Where callers need no digest.</param>
    /// <param name="endpoints">Entries of <c>endpoints</c>, as JSON.</param>
    /// <param name="desk">The SIP address of the invited agency's duty desk; null for none.</param>
    /// <param name="trunks">Entries of <c>trunks</c>, as JSON, in place of the one that is known by its address.</param>
    /// <param name="destinations">Where the owning agency may call beside its directory and its trunks' networks: patterns.</param>
    /// <param name="language">The language in which the invited agency is asked; null for the hub's own.</param>
    public static string Text(
        string channels = "", string trunkFrom = "127.0.0.0/8", string endpoints = "", string? desk = null, string? trunks = null, string? language = null,
        params string[] destinations) => $$"""
        {
          "agencies": [
            { "id": "hpd", "name": "Hartford Police Department", "level": "city" },
            { "id": "ctic", "name": "Connecticut Intelligence Center", "level": "state"{{(desk is null ? "" : $", \"desk\": \"{desk}\"")}}{{(language is null ? "" : $", \"language\": \"{language}\"")}} }
          ],
          "trunks": [ {{trunks ?? $$"""{ "id": "lab", "agency": "hpd", "from": ["{{trunkFrom}}"] }"""}} ],
          "destinations": [ {{string.Join(',', destinations.Select((pattern, number) => $$"""{ "id": "allowed-{{number}}", "agency": "hpd", "pattern": "{{pattern}}" }"""))}} ],
          "channels": [ {{channels}} ],
          "endpoints": [ {{endpoints}} ],
          "tokens": [
            { "agency": "hpd", "role": "dispatcher", "secret": "{{HpdToken}}" },
            { "agency": "ctic", "role": "dispatcher", "secret": "{{CticToken}}" },
            { "agency": "hpd", "role": "integration", "secret": "{{SensorToken}}" }
          ],
          "rooms": [
            { "code": "4201", "title": "First standing room", "owner": "hpd", "admits": ["{{(trunks is null ? "trunk:lab" : "agency:hpd")}}"] },
            { "code": "4202", "title": "Second standing room", "owner": "hpd", "admits": ["{{(trunks is null ? "trunk:lab" : "agency:hpd")}}"] },
            { "code": "4203", "title": "Third standing room", "owner": "hpd", "admits": ["{{(trunks is null ? "trunk:lab" : "agency:hpd")}}"] },
            { "code": "4204", "title": "Room of its members only", "owner": "ctic", "admits": [] }
          ],
          "playbooks": [
            { "id": "shots", "owner": "hpd", "when": { "event": "gunshot" },
              "open": { "title": "Shots fired: {areaDesc}", "type": "shooting", "invite": ["ctic"] } }
          ]
        }
        """;
}
