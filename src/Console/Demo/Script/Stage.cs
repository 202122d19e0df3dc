namespace Interop.Console.Demo.Script;

/// <summary>Where the parties find the hub and its rooms; safe from any thread.</summary>
internal sealed class Stage(string floor)
{
    private volatile string? _incident;

    /// <summary>The incident's dial code, once its alert has opened a room.</summary>
    public string? Incident
    {
        get => _incident;
        set => _incident = value;
    }

    /// <summary>The dial code of a room; null while there is none.</summary>
    public string? CodeOf(Where room) => room == Where.Floor ? floor : _incident;
}
