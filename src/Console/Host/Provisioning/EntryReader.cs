using System.Globalization;
using System.Text.Json;
using Interop.Console.Host.Directory;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads the fields of one object; what is wrong goes to the errors, and a stand-in comes back.</summary>
/// <remarks>Whoever reads asks for every field it knows and then calls <see cref="End"/>, which reports the ones nobody asked for.</remarks>
internal sealed class EntryReader
{
    private static readonly JsonSpot Nothing = new("", 0, JsonValueKind.Undefined, null, [], []);

    private readonly JsonSpot _spot;
    private readonly List<ProvisioningError> _errors;
    private readonly Dictionary<string, JsonSpot> _members = [];
    private readonly HashSet<string> _asked = [];

    public EntryReader(JsonSpot spot, List<ProvisioningError> errors)
    {
        _spot = spot;
        _errors = errors;
        if (spot.Kind != JsonValueKind.Object)
            Error(spot, "must be an object.");
        foreach (var (name, value) in spot.Members)
            if (!_members.TryAdd(name, value))
                Error(value, $"{name} stands twice.");
    }

    public string Path => _spot.Path;

    public int Line => _spot.Line;

    public bool Has(string name) => _members.TryGetValue(name, out var spot) && spot.Kind != JsonValueKind.Null;

    public void Error(string field, string text) => Error(_members.GetValueOrDefault(field, _spot), text);

    /// <summary>A text that must be there.</summary>
    public string Text(string name, int longest = 200) => OptionalText(name, longest) ?? Missing(name);

    public string? OptionalText(string name, int longest = 200)
    {
        var spot = Ask(name);
        if (spot.Kind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;
        if (spot is { Kind: JsonValueKind.String, Text: { } text } && text.Trim().Length > 0 && text.Length <= longest && !text.Any(char.IsControl))
            return text;
        Error(spot, $"must be a text of 1 to {longest} characters on one line.");
        return "";
    }

    /// <summary>The id of an entry or an agency.</summary>
    public string Id(string name)
    {
        var id = Text(name);
        if (id.Length > 0 && !EntryId.IsValid(id))
            Error(name, EntryId.Rule);
        return id;
    }

    /// <summary>A word of an enumeration, as it is written in camelCase.</summary>
    public TEnum Word<TEnum>(string name, TEnum? otherwise = null)
        where TEnum : struct, Enum
    {
        var text = otherwise is null ? Text(name) : OptionalText(name);
        if (string.IsNullOrEmpty(text))
            return otherwise ?? default;
        foreach (var value in Enum.GetValues<TEnum>())
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text)
                return value;
        Error(name, $"must be one of {string.Join(", ", Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
        return default;
    }

    /// <summary>The same where it may be left out.</summary>
    public TEnum? OptionalWord<TEnum>(string name)
        where TEnum : struct, Enum
    {
        if (Has(name))
            return Word<TEnum>(name);
        Ask(name);
        return null;
    }

    /// <summary>A list of words of an enumeration, each once; null where it is left out, which must not be none of them.</summary>
    public IReadOnlyList<TEnum>? OptionalWords<TEnum>(string name)
        where TEnum : struct, Enum
    {
        if (!Has(name))
        {
            Ask(name);
            return null;
        }
        var words = Enum.GetValues<TEnum>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
        var found = Texts(name, words.ContainsKey, $"must be one of {string.Join(", ", words.Keys)}.");
        if (found.Count == 0 || found.Distinct().Count() != found.Count)
            Error(name, "must name at least one, and each once.");
        return [.. found.Select(word => words[word])];
    }

    /// <summary>A time with its offset from UTC, as RFC 3339 writes it.</summary>
    public DateTimeOffset? OptionalTime(string name)
    {
        if (OptionalText(name) is not { } text)
            return null;
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || (text.EndsWith('Z') && DateTimeOffset.TryParseExact(text[..^1] + "+00:00", ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time)))
            return time;
        Error(name, "must be a time with its offset, such as 2027-01-31T18:00:00-05:00.");
        return null;
    }

    public int Number(string name, int otherwise, int least, int most)
    {
        var spot = Ask(name);
        if (spot.Kind is JsonValueKind.Undefined or JsonValueKind.Null)
            return otherwise;
        if (spot.Kind == JsonValueKind.Number && int.TryParse(spot.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Error(spot, $"must be a whole number from {least} to {most}.");
        return otherwise;
    }

    public double? Degrees(string name, double most)
    {
        var spot = Ask(name);
        if (spot.Kind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;
        if (spot.Kind == JsonValueKind.Number && double.TryParse(spot.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= most)
            return number;
        Error(spot, $"must be degrees from -{most} to {most}.");
        return null;
    }

    public bool Flag(string name)
    {
        var spot = Ask(name);
        if (spot.Kind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Undefined))
            Error(spot, "must be true or false.");
        return spot.Kind == JsonValueKind.True;
    }

    /// <summary>A list of texts, each held to a rule.</summary>
    public IReadOnlyList<string> Texts(string name, Predicate<string> holds, string rule)
    {
        var texts = new List<string>();
        foreach (var item in Items(name))
        {
            if (item is { Kind: JsonValueKind.String, Text: { } text } && holds(text))
                texts.Add(text);
            else
                Error(item, rule);
        }
        return texts;
    }

    public IReadOnlyList<JsonSpot> Items(string name)
    {
        var spot = Ask(name);
        if (spot.Kind is not (JsonValueKind.Array or JsonValueKind.Undefined or JsonValueKind.Null))
            Error(spot, "must be a list.");
        return spot.Items;
    }

    /// <summary>An object within this one; null when it is not there.</summary>
    public EntryReader? Within(string name) => Ask(name) is { Kind: not (JsonValueKind.Undefined or JsonValueKind.Null) } spot ? new EntryReader(spot, _errors) : null;

    /// <summary>An object within this one that must be there.</summary>
    public EntryReader RequiredWithin(string name)
    {
        if (Within(name) is { } within)
            return within;
        Missing(name);
        return new EntryReader(Nothing with { Path = $"{Path}.{name}", Line = Line, Kind = JsonValueKind.Object }, []);
    }

    /// <summary>Reports every field that nobody asked for: a misspelt name would else be ignored without a word.</summary>
    public void End()
    {
        foreach (var (name, spot) in _members)
            if (!_asked.Contains(name))
                Error(spot, $"there is no field \"{name}\" here; known are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.");
    }

    private string Missing(string name)
    {
        _errors.Add(new ProvisioningError($"{Path}.{name}", Line, $"{name} is required and missing."));
        return "";
    }

    private JsonSpot Ask(string name)
    {
        _asked.Add(name);
        return _members.GetValueOrDefault(name, Nothing);
    }

    private void Error(JsonSpot spot, string text) => _errors.Add(new ProvisioningError(spot.Path, spot.Line, text));
}
