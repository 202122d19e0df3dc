using Interop.Bridges.Alerts.Cap;
using Interop.Bridges.Alerts.Json;

namespace Interop.Bridges.Alerts;

/// <summary>Reads an alert in any form that the intake takes; nothing that is sent makes it throw.</summary>
public static class AlertDocument
{
    /// <summary>The media type of CAP 1.2, as registered by OASIS.</summary>
    public const string CapMediaType = "application/cap+xml";

    /// <summary>The media type of the small JSON alert of docs/alerts.md.</summary>
    public const string JsonMediaType = "application/json";

    /// <summary>Whether documents of this media type can be read.</summary>
    public static bool Takes(string? mediaType) => IsCap(mediaType) || IsJson(mediaType);

    /// <summary>Reads one document.</summary>
    /// <param name="mediaType">One that is taken, without parameters.</param>
    /// <param name="document">The bytes as received.</param>
    /// <param name="receivedAt">Stands in for a time that a JSON alert leaves out.</param>
    public static AlertReading Read(string mediaType, ReadOnlyMemory<byte> document, DateTimeOffset receivedAt)
    {
        if (document.Length > AlertLimits.DocumentBytes)
            return AlertReading.Bad(new AlertFault("", 0, $"The document is larger than {AlertLimits.DocumentBytes} bytes."));
        return IsCap(mediaType) ? CapReader.Read(document) : JsonAlertReader.Read(document, receivedAt);
    }

    private static bool IsCap(string? mediaType) => string.Equals(mediaType, CapMediaType, StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string? mediaType) => string.Equals(mediaType, JsonMediaType, StringComparison.OrdinalIgnoreCase);
}
