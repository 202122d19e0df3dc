namespace Interop.Console.Demo.Script;

/// <summary>A party that acts as the script says.</summary>
internal interface IPart
{
    /// <summary>By which the script calls it.</summary>
    string Id { get; }

    /// <summary>Does it; done when it is over.</summary>
    Task PerformAsync(Act act, CancellationToken cancel);
}
