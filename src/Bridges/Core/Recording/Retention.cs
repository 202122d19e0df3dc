using Interop.Bridges.Media.Recording;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Recording;

/// <summary>Deletes the recordings of this node whose time is up, every ten minutes.</summary>
/// <remarks>
/// A room says which those are, and begins no hold until it is told that they are gone. The file goes first and the entry in the record
/// after it: whoever finds a file gone that the record still lists, after a crash, deletes it once more and says so.
/// </remarks>
internal sealed partial class Retention(SegmentFolder folder, IGrainFactory grains, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    /// <summary>Deletes what is due now.</summary>
    internal async Task SweepAsync(CancellationToken stop)
    {
        foreach (var room in folder.Rooms())
        {
            try
            {
                var grain = grains.GetGrain<IRoomGrain>(room);
                while (!stop.IsCancellationRequested && await grain.TakeExpired() is { Count: > 0 } expired && await DeleteAsync(grain, room, expired))
                {
                }
            }
            catch (Exception failed)
            {
                LogNotSwept(logger, failed, room);
            }
        }
    }

    private async Task<bool> DeleteAsync(IRoomGrain grain, string room, IReadOnlyList<string> expired)
    {
        foreach (var id in expired) folder.Delete(room, id);
        var outcome = await grain.Execute(new ForgetRecordings(expired), Actor.Hub, new CommandId(Guid.NewGuid().ToString("N")));
        if (outcome.Ok) LogDeleted(logger, expired.Count, room);
        return outcome.Ok;
    }

    [LoggerMessage(2064, LogLevel.Information, "{Segments} recordings of room {Room} were deleted, since their time was up")]
    private static partial void LogDeleted(ILogger logger, int segments, string room);

    [LoggerMessage(2065, LogLevel.Error, "Recordings of room {Room} whose time is up could not be deleted; it is tried again in ten minutes")]
    private static partial void LogNotSwept(ILogger logger, Exception exception, string room);
}
