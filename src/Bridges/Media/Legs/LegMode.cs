namespace Interop.Bridges.Media.Legs;

/// <summary>What a leg may do in its room.</summary>
public enum LegMode
{
    /// <summary>It is heard and it hears.</summary>
    Talk,

    /// <summary>It hears and was never meant to be heard.</summary>
    Listen,

    /// <summary>It hears and has been silenced.</summary>
    Muted,

    /// <summary>It is heard and hears the prompts that are played to it and nothing else: its owner lent it to be listened to.</summary>
    Speak,

    /// <summary>It is not heard, and hears the prompts that are played to it and nothing else.</summary>
    Hold,
}
