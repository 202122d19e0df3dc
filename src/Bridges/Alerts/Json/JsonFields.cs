using System.Globalization;
using System.Text.Json;

namespace Interop.Bridges.Alerts.Json;

/// <summary>The fields of one JSON object; what is wrong goes to the faults, and a stand-in comes back.</summary>
internal sealed class JsonFields(JsonElement root)
{
    private readonly List<AlertFault> _faults = [];

    public IReadOnlyList<AlertFault> Faults => _faults;

    public void Fault(string field, string text)
    {
        if (_faults.Count < AlertLimits.Faults)
            _faults.Add(new AlertFault(field, 0, text));
    }

    public string? Text(string field)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString()!.Trim() is { Length: > 0 } text ? text : null;
        Fault(field, $"{field} must be a text.");
        return null;
    }

    /// <summary>Text that names something, and so is required, and refused rather than cut.</summary>
    public string Name(string field)
    {
        var before = _faults.Count;
        if (Text(field) is { } text)
        {
            if (!IsName(text))
                Fault(field, $"{field} must be at most {AlertLimits.NameLength} characters with no control character.");
            return text;
        }
        if (_faults.Count == before)
            Fault(field, $"{field} is required and missing or empty.");
        return "";
    }

    public IReadOnlyList<string> Names(string field)
    {
        if (Find(field) is not { } value)
            return [];
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= AlertLimits.References)
        {
            var names = new List<string>();
            foreach (var item in value.EnumerateArray())
                if (item.ValueKind == JsonValueKind.String && item.GetString()!.Trim() is { Length: > 0 } text && IsName(text))
                    names.Add(text);
            if (names.Count == value.GetArrayLength())
                return names;
        }
        Fault(field, $"{field} must be a list of at most {AlertLimits.References} ids of earlier alerts of this source.");
        return [];
    }

    public string OneOf(string field, string[] words, string otherwise)
    {
        var before = _faults.Count;
        var text = Text(field);
        if (text is null)
            return otherwise;
        foreach (var word in words)
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
                return word;
        if (_faults.Count == before)
            Fault(field, $"{field} must be one of {string.Join(", ", words)}.");
        return otherwise;
    }

    public double? Number(string field, double least, double most)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most)
            return number;
        Fault(field, $"{field} must be a number from {least} to {most}.");
        return null;
    }

    public DateTimeOffset? Time(string field)
    {
        if (Text(field) is not { } text)
            return null;
        if (HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        Fault(field, $"{field} must be a time with its offset, such as 2026-05-04T16:49:00-05:00.");
        return null;
    }

    public bool Flag(string field)
    {
        if (Find(field) is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fault(field, $"{field} must be true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    private JsonElement? Find(string field) =>
        root.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static bool IsName(string text) => text.Length <= AlertLimits.NameLength && !text.Any(char.IsControl);

    /// <summary>A time without an offset would be read in the node's own zone, which the sender does not know.</summary>
    private static bool HasOffset(string text) =>
        text.Length > 19 && text[10] == 'T' && (text[^1] == 'Z' || (text[^3] == ':' && text[^6] is '+' or '-'));
}
