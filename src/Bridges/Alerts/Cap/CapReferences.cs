using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Alerts.Cap;

/// <summary>Reads <c>references</c>: <c>sender,identifier,sent</c>, one after the other with white space between (CAP 1.2, 3.2.1).</summary>
internal static class CapReferences
{
    public static IReadOnlyList<AlertId> Read(CapElement alert)
    {
        if (alert.Optional("references") is not { } text)
            return [];
        var parts = text.Split((char[]?)null, AlertLimits.References + 1, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > AlertLimits.References)
        {
            alert.Fault("references", $"references names more than {AlertLimits.References} alerts.");
            return [];
        }
        var references = new List<AlertId>(parts.Length);
        foreach (var part in parts)
        {
            var fields = part.Split(',');
            if (fields.Length == 3 && fields[0].Length is > 0 and <= AlertLimits.NameLength && fields[1].Length is > 0 and <= AlertLimits.NameLength)
                references.Add(AlertText.Id(fields[0], fields[1]));
            else
                alert.Fault("references", "Each reference must be sender,identifier,sent.");
        }
        return references;
    }
}
