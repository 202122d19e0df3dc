using Interop.Hub.Contracts.Alerts;

namespace Interop.Bridges.Alerts;

/// <summary>An alert, or everything that is wrong with what was sent.</summary>
/// <param name="Alert">Null when there are faults.</param>
/// <param name="Faults">Empty when there is an alert.</param>
public sealed record AlertReading(Alert? Alert, IReadOnlyList<AlertFault> Faults)
{
    internal static AlertReading Of(Alert alert) => new(alert, []);

    internal static AlertReading Bad(params IReadOnlyList<AlertFault> faults) => new(null, faults);
}

/// <summary>One thing that is wrong with an alert, for its sender to put right.</summary>
/// <param name="Field">The element or the field: <c>alert/info/event</c>, <c>lat</c>; empty for the document as a whole.</param>
/// <param name="Line">Counted from 1; 0 where a line says nothing.</param>
/// <param name="Text">What is wrong and what to send instead.</param>
public sealed record AlertFault(string Field, int Line, string Text);
