namespace Interop.Bridges.Alerts.Cap;

/// <summary>The words that CAP 1.2 allows, in its own spelling (section 3.2).</summary>
internal static class CapVocabulary
{
    public static readonly string[] Statuses = ["Actual", "Exercise", "System", "Test", "Draft"];

    public static readonly string[] MessageTypes = ["Alert", "Update", "Cancel", "Ack", "Error"];

    public static readonly string[] Scopes = ["Public", "Restricted", "Private"];

    public static readonly string[] Urgencies = ["Immediate", "Expected", "Future", "Past", "Unknown"];

    public static readonly string[] Severities = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"];

    public static readonly string[] Certainties = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"];

    public static readonly string[] Categories =
        ["Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"];
}
