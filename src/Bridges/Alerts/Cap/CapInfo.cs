namespace Interop.Bridges.Alerts.Cap;

/// <summary>What the hub shows of one <c>info</c> block.</summary>
internal sealed record CapInfo(string Event, string? Headline, string? Description, string Severity, CapArea Area)
{
    private const string DefaultLanguage = "en-US";

    private static readonly CapInfo None = new("", null, null, "Unknown", CapArea.Nowhere);

    /// <summary>Checks every block, and takes the first in English, or else the first.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="required">A cancellation often has no block: what it takes back is already known.</param>
    public static CapInfo Choose(CapElement alert, bool required)
    {
        CapInfo? first = null;
        CapInfo? english = null;
        foreach (var block in alert.All("info"))
        {
            var info = Read(block);
            first ??= info;
            if ((block.Optional("language") ?? DefaultLanguage).StartsWith("en", StringComparison.OrdinalIgnoreCase))
                english ??= info;
        }
        if (first is null && required)
            alert.Fault("info", "An alert needs at least one info block that says what happened.");
        return english ?? first ?? None;
    }

    private static CapInfo Read(CapElement block)
    {
        var categories = 0;
        foreach (var category in block.All("category"))
        {
            categories++;
            if (!CapVocabulary.Categories.Contains(category.Text))
                category.Fault($"category must be one of {string.Join(", ", CapVocabulary.Categories)}.");
        }
        if (categories == 0)
            block.Fault("category", "category is required and missing.");
        var name = AlertText.Line(block.Name("event"));
        block.OneOf("urgency", CapVocabulary.Urgencies);
        var severity = block.OneOf("severity", CapVocabulary.Severities);
        block.OneOf("certainty", CapVocabulary.Certainties);
        var headline = block.Optional("headline") is { } text ? AlertText.Line(text) : null;
        return new CapInfo(name, headline, AlertText.Lines(block.Optional("description")), severity, CapArea.Read(block));
    }
}
