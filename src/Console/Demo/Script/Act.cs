namespace Interop.Console.Demo.Script;

/// <summary>In which room something happens.</summary>
internal enum Where
{
    /// <summary>The standing room.</summary>
    Floor,

    /// <summary>The room that the sensor's alert opened.</summary>
    Incident,
}

/// <summary>Something that one party of the exercise does.</summary>
/// <param name="Who">The id of a phone, a radio or a sensor.</param>
internal abstract record Act(string Who);

/// <summary>A phone dials a room; one that is in it already stays.</summary>
internal sealed record Calls(string Who, Where Room) : Act(Who);

/// <summary>A phone or a radio speaks a line of Speech/Lines.</summary>
internal sealed record Says(string Who, string Line) : Act(Who);

/// <summary>A phone sends a text into the room that it is in.</summary>
internal sealed record Writes(string Who, string Text) : Act(Who);

/// <summary>A phone loses its connection without a word, and is back on the same address after a while.</summary>
internal sealed record Vanishes(string Who, TimeSpan For) : Act(Who);

/// <summary>A phone hangs up.</summary>
internal sealed record HangsUp(string Who) : Act(Who);

/// <summary>A sensor posts a new alert.</summary>
internal sealed record Raises(string Who, string Headline, string Description) : Act(Who);

/// <summary>A sensor posts news of its last alert.</summary>
internal sealed record Updates(string Who, string Headline, string Description) : Act(Who);
