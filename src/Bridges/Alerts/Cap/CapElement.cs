using System.Globalization;
using System.Xml.Linq;

namespace Interop.Bridges.Alerts.Cap;

/// <summary>One element with its path; what is missing or wrong in it goes to the faults, and a stand-in comes back.</summary>
internal sealed class CapElement(XElement element, string path, CapFaults faults)
{
    public static readonly XNamespace Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    // "The date and time SHALL be represented in the DateTime Data Type" (CAP 1.2, 3.3.2) forbids Z, but senders
    // write it all the same, and it leaves no doubt; a time with no offset at all does.
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public IEnumerable<CapElement> All(string name) =>
        element.Elements(Namespace + name).Select(child => new CapElement(child, $"{path}/{name}", faults));

    public string Text => element.Value.Trim();

    public string? Optional(string name)
    {
        var found = element.Elements(Namespace + name).Take(2).ToArray();
        if (found.Length > 1)
            faults.Add($"{path}/{name}", found[1], $"{name} stands twice; once is allowed.");
        return found.Length > 0 && found[0].Value.Trim() is { Length: > 0 } text ? text : null;
    }

    public string Required(string name)
    {
        if (Optional(name) is { } text)
            return text;
        Fault(name, $"{name} is required and missing or empty.");
        return "";
    }

    /// <summary>Text that names something, and so is refused rather than cut.</summary>
    public string Name(string name)
    {
        var text = Required(name);
        if (text.Length > AlertLimits.NameLength)
            Fault(name, $"{name} is longer than {AlertLimits.NameLength} characters.");
        else if (text.Any(char.IsControl))
            Fault(name, $"{name} holds a control character.");
        return text;
    }

    public string OneOf(string name, string[] words)
    {
        var text = Required(name);
        if (text.Length > 0 && !words.Contains(text))
            Fault(name, $"{name} must be one of {string.Join(", ", words)}.");
        return text;
    }

    public DateTimeOffset Time(string name)
    {
        var text = Required(name);
        if (text.Length == 0)
            return default;
        if (!DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            Fault(name, $"{name} must be a time with its offset, such as 2026-05-04T16:49:00-05:00.");
        return time;
    }

    public void Fault(string child, string text) =>
        faults.Add($"{path}/{child}", element.Element(Namespace + child) ?? element, text);

    public void Fault(string text) => faults.Add(path, element, text);
}
