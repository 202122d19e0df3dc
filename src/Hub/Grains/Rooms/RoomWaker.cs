using System.Collections.Concurrent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Rooms;

/// <summary>Brings rooms up again that stepped down here.</summary>
/// <remarks>A room of radios alone has nobody who would call it: without this it would stay silent until the next start.</remarks>
internal sealed partial class RoomWaker(IGrainFactory grains, TimeProvider clock, ILogger<RoomWaker> log) : NodeTask(ServiceLifecycleStage.Active)
{
    private const int Attempts = 600;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<RoomCode, int> due = [];

    /// <summary>Has a room woken in a moment, when the activation that steps down is gone; from any thread.</summary>
    public void Wake(RoomCode code) => due[code] = Attempts;

    protected override async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Period, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (code, left) in due.ToArray())
                await Try(code, left, stop);
        }
    }

    private async Task Try(RoomCode code, int left, CancellationToken stop)
    {
        try
        {
            await grains.GetGrain<IRoomGrain>(code.Value).Wake().WaitAsync(stop);
            // A room that stepped down once more meanwhile stays due.
            due.TryRemove(new(code, left));
        }
        catch (Exception exception)
        {
            if (left > 1)
                due.TryUpdate(code, left - 1, left);
            else if (due.TryRemove(new(code, left)))
                LogGaveUp(exception, code, Attempts);
        }
    }

    [LoggerMessage(1108, LogLevel.Critical, "Room {Room} stepped down and did not come up again in {Attempts} attempts")]
    private partial void LogGaveUp(Exception exception, RoomCode room, int attempts);
}
