namespace Interop.Bridges.Alerts;

/// <summary>How large an alert may be; what is longer for people to read is cut, what names something is refused.</summary>
public static class AlertLimits
{
    /// <summary>The whole document, in bytes.</summary>
    public const int DocumentBytes = 256 * 1024;

    /// <summary>How deep elements or values may nest. CAP itself needs 5; a signature a few more.</summary>
    public const int Depth = 16;

    /// <summary>Characters in an identifier, a sender or an event.</summary>
    public const int NameLength = 200;

    /// <summary>Characters kept of a headline and of a description of the area.</summary>
    public const int LineLength = 300;

    /// <summary>Characters kept of the description.</summary>
    public const int TextLength = 4_000;

    /// <summary>Earlier alerts that one alert may refer to.</summary>
    public const int References = 50;

    /// <summary>Faults reported of one document.</summary>
    public const int Faults = 20;
}
