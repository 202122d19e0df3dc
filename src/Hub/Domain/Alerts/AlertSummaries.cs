using Interop.Hub.Contracts.Alerts;

namespace Interop.Hub.Domain.Alerts;

/// <summary>Shows an alert.</summary>
internal static class AlertSummaries
{
    /// <summary>An alert at its first revision.</summary>
    public static AlertSummary Of(Alert alert, DateTimeOffset receivedAt) => new(
        alert.Id,
        1,
        alert.Event,
        alert.Headline,
        alert.Description,
        alert.Severity,
        alert.Source,
        alert.AreaDescription,
        alert.Place,
        alert.Sent,
        receivedAt,
        alert.Exercise,
        alert.Action == AlertAction.Cancel,
        null,
        null);
}
