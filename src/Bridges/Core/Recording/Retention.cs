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

    /// <summary>Less than the minute for which a room begins no hold, by what it takes to tell it.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(45);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    /// <summary>Deletes what is due now.</summary>
    internal async Task SweepAsync(CancellationToken stop)
    {
        foreach (var room in Rooms())
        {
            try
            {
                while (!stop.IsCancellationRequested && await DeleteAsync(grains.GetGrain<IRoomGrain>(room), room))
                {
                }
            }
            catch (Exception failed)
            {
                LogNotSwept(logger, failed, room);
            }
        }
    }

    // A disk that is gone must not end the sweeps, and the hub with them.
    private IReadOnlyList<string> Rooms()
    {
        try
        {
            return folder.Rooms();
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            LogNotRead(logger, unread);
            return [];
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> DeleteAsync(IRoomGrain grain, string room)
    {
        var asked = time.GetTimestamp();
        var expired = await grain.TakeExpired();
        if (expired.Count == 0)
        {
            folder.Prune(room);
            return false;
        }

        var deleted = new List<string>();
        foreach (var id in expired)
        {
            if (time.GetElapsedTime(asked) > s_longest) break;
            folder.Delete(room, id);
            deleted.Add(id);
        }

        var outcome = await grain.Execute(new ForgetRecordings(deleted), Actor.Hub, new CommandId(Guid.NewGuid().ToString("N")));
        if (outcome.Ok) LogDeleted(logger, deleted.Count, room);
        return outcome.Ok && deleted.Count > 0;
    }

    [LoggerMessage(2064, LogLevel.Information, "{Segments} recordings of room {Room} were deleted, since their time was up")]
    private static partial void LogDeleted(ILogger logger, int segments, string room);

    [LoggerMessage(2065, LogLevel.Error, "Recordings of room {Room} whose time is up could not be deleted; it is tried again in ten minutes")]
    private static partial void LogNotSwept(ILogger logger, Exception exception, string room);

    [LoggerMessage(2066, LogLevel.Error, "The directory of recordings cannot be read, so nothing is deleted; it is tried again in ten minutes")]
    private static partial void LogNotRead(ILogger logger, Exception exception);
}
