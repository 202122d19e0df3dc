using System.Text.Json;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Alerts.Json;

/// <summary>Reads the small JSON alert that docs/alerts.md describes.</summary>
internal static class JsonAlertReader
{
    private static readonly string[] Severities = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"];

    private static readonly string[] Actions = ["new", "update", "cancel"];

    public static AlertReading Read(ReadOnlyMemory<byte> document, DateTimeOffset receivedAt)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = AlertLimits.Depth, AllowDuplicateProperties = false });
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return AlertReading.Bad(new AlertFault("", 1, "The alert must be a JSON object."));
            return Read(new JsonFields(json.RootElement), receivedAt);
        }
        catch (JsonException broken)
        {
            var line = (int)(broken.LineNumber ?? 0) + 1;
            return AlertReading.Bad(new AlertFault(broken.Path?.TrimStart('$', '.') ?? "", line, "This is not a JSON object with each field once, in UTF-8."));
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair passes the parser and fails only where it is read.
            return AlertReading.Bad(new AlertFault("", 0, "A text is not valid Unicode."));
        }
    }

    private static AlertReading Read(JsonFields fields, DateTimeOffset receivedAt)
    {
        var source = fields.Name("source");
        var identifier = fields.Name("id");
        var action = fields.OneOf("action", Actions, "new") switch
        {
            "update" => AlertAction.Update,
            "cancel" => AlertAction.Cancel,
            _ => AlertAction.New,
        };
        var references = References(fields, source);
        var name = action == AlertAction.Cancel ? fields.Text("event") ?? "" : fields.Name("event");
        var headline = fields.Text("headline") ?? name;
        var description = fields.Text("description");
        var severity = fields.OneOf("severity", Severities, "Unknown");
        var area = fields.Text("areaDesc");
        var place = Where(fields, area);
        var sent = fields.Time("sent") ?? receivedAt;
        var exercise = fields.Flag("exercise");
        if (fields.Faults.Count > 0)
            return AlertReading.Bad(fields.Faults);
        return AlertReading.Of(new Alert(
            AlertText.Id(source, identifier),
            action,
            references,
            AlertText.Line(name, AlertLimits.NameLength),
            AlertText.Line(headline),
            AlertText.Lines(description),
            severity,
            source,
            area is null ? null : AlertText.Line(area),
            place,
            sent,
            exercise));
    }

    private static AlertId[] References(JsonFields fields, string source)
    {
        var names = fields.Names("references");
        var references = new AlertId[names.Count];
        for (var i = 0; i < references.Length; i++)
            references[i] = AlertText.Id(source, names[i]);
        return references;
    }

    private static Place? Where(JsonFields fields, string? area)
    {
        var latitude = fields.Number("lat", -90, 90);
        var longitude = fields.Number("lon", -180, 180);
        if (latitude is null != longitude is null)
            fields.Fault(latitude is null ? "lat" : "lon", "lat and lon come together or not at all.");
        return area is null && latitude is null ? null : new Place(area is null ? null : AlertText.Line(area), latitude, longitude);
    }
}
