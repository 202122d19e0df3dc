using Interop.Console.Demo.Script;
using Interop.Console.Demo.Speech;
using Microsoft.Extensions.Logging;

namespace Interop.Console.Demo.Phones;

/// <summary>Whoever holds a phone, and does with it what the script says.</summary>
internal sealed partial class PhonePart(PhoneRole role, Phone phone, Stage stage, TimeProvider time, ILogger<PhonePart> logger) : IPart
{
    private const int Tries = 5;
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromSeconds(2);

    public string Id => role.Id;

    public Task PerformAsync(Act act, CancellationToken cancel) => act switch
    {
        Calls calls => CallAsync(calls.Room, cancel),
        Says says => phone.SayAsync(SpokenLine.Load(says.Line)),
        Writes writes => phone.WriteAsync(writes.Text),
        HangsUp => phone.HangUpAsync(),
        Vanishes vanishes => VanishAsync(vanishes.For, cancel),
        _ => throw new InvalidOperationException($"A phone does not know how to do {act.GetType().Name}."),
    };

    /// <summary>The room may not be there yet when the alert that opens it is still on its way.</summary>
    private async Task CallAsync(Where room, CancellationToken cancel)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            if (stage.CodeOf(room) is { } code && await phone.CallAsync(code, cancel))
                return;
            await Task.Delay(s_betweenTries, time, cancel);
        }

        LogNotIn(logger, role.Name, room);
    }

    private async Task VanishAsync(TimeSpan away, CancellationToken cancel)
    {
        await phone.VanishAsync();
        await Task.Delay(away, time, cancel);
        await phone.StartAsync(cancel);
    }

    [LoggerMessage(8003, LogLevel.Information, "The exercise: {Name} was not let into the room of {Room}")]
    private static partial void LogNotIn(ILogger logger, string name, Where room);
}
