using System.Text;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Alerts;

/// <summary>Which playbook takes an alert, and what room it opens.</summary>
internal static class Playbooks
{
    /// <summary>The first playbook by id that matches; a match that names nothing takes every alert.</summary>
    public static PlaybookEntry? Match(AgencyDirectory? directory, Alert alert) =>
        directory?.All<PlaybookEntry>()
            .OrderBy(playbook => playbook.Id, StringComparer.Ordinal)
            .FirstOrDefault(playbook => Takes(playbook.When, alert));

    /// <summary>The command that opens the room; channels that the agency no longer has are left out.</summary>
    public static OpenRoom Opening(AgencyId owner, PlaybookEntry playbook, AlertSummary alert, AgencyDirectory? directory)
    {
        var open = playbook.Open;
        var channels = new List<LentResource>();
        foreach (var id in (open.Share ?? []).Distinct(StringComparer.Ordinal))
            if (LentResource.Find(directory, ResourceKind.Channel, id) is { } channel)
                channels.Add(channel);
        return new OpenRoom(
            Title(open.Title, alert),
            open.Type,
            open.Priority,
            alert.Place is null && alert.AreaDescription is { } area ? new Place(Cut(area, Limits.PlaceLength)) : alert.Place,
            owner,
            (open.Admits ?? []).ToArray(),
            (open.Invite ?? []).Where(agency => agency != owner).Distinct().ToArray(),
            channels.ToArray(),
            alert);
    }

    /// <summary>Fills in the template. What it fills in comes from outside: one line, and cut to the length of a title.</summary>
    public static string Title(string template, AlertSummary alert)
    {
        var title = new StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var close = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (close > 0 && Field(template[(at + 1)..close], alert) is { } value)
            {
                title.Append(value);
                at = close + 1;
            }
            else
            {
                title.Append(template[at++]);
            }
        }

        var line = new string([.. title.ToString().Select(character => char.IsControl(character) ? ' ' : character)]).Trim();
        return line.Length > 0 ? Cut(line, Limits.TitleLength) : "Alert";
    }

    private static bool Takes(PlaybookMatch when, Alert alert) =>
        Same(when.Event, alert.Event) && Same(when.Source, alert.Source) && Same(when.Severity, alert.Severity) && when.Within?.Holds(alert.Place) != false;

    private static bool Same(string? wanted, string actual) =>
        wanted is null || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);

    private static string? Field(string name, AlertSummary alert) => name switch
    {
        "event" => alert.Event,
        "headline" => alert.Headline,
        "areaDesc" => alert.AreaDescription ?? "",
        "severity" => alert.Severity,
        "source" => alert.Source,
        _ => null,
    };

    private static string Cut(string value, int most) => value.Length <= most ? value : value[..most];
}
