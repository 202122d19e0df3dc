namespace Interop.Hub.Grains.Dialling;

/// <summary>How much an agency may call at most: what a stolen password could cost until somebody notices.</summary>
public sealed class DiallingOptions
{
    /// <summary>New calls of one agency within a minute; calling back what was lost is none.</summary>
    public int PerMinute { get; set; } = 30;

    /// <summary>Calls of one agency that ring or are connected, over all rooms.</summary>
    public int AtOnce { get; set; } = 60;
}
