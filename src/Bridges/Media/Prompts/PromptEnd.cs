namespace Interop.Bridges.Media.Prompts;

/// <summary>How the playing of prompts ended.</summary>
public enum PromptEnd
{
    /// <summary>All of them were played.</summary>
    Played,

    /// <summary>Cancelled, or another playing took its place.</summary>
    Cut,

    /// <summary>The leg was closed.</summary>
    Gone,

    /// <summary>Never begun: no such phone leg, too many prompts, or too many changes wait.</summary>
    Refused,
}
