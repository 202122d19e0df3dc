using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Quality;

/// <summary>Tells each room that this node carries how its legs are heard and hear.</summary>
/// <remarks>It reads counters a second apart, on its own task: the tick never waits for it. What it finds is shown, and ends no leg.</remarks>
internal sealed partial class QualityRelay(
    AnchorMedia media, MediaEngine engine, IGrainFactory grains, TimeProvider time, QualityOptions options, QualityMetrics metrics, ILogger<QualityRelay> logger) : BackgroundService
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly QualityRound _round = new(options, metrics);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var seconds = new PeriodicTimer(s_second, time);
        while (await seconds.WaitForNextTickAsync(stoppingToken))
            await Task.WhenAll(_round.Look(media.Plans, (code, leg) => engine.Read(code.Value, leg.Value), time.GetUtcNow()).Select(told => TellAsync(told.Room, told.Legs, stoppingToken)));
    }

    // A room that does not answer must not keep the others from being looked at.
    private async Task TellAsync(RoomCode room, IReadOnlyList<MeasuredLeg> legs, CancellationToken stopping)
    {
        try
        {
            await grains.GetGrain<IRoomGrain>(room.Value).Measure(legs).WaitAsync(s_patience, time, stopping);
        }
        catch (Exception unreachable)
        {
            LogNotTold(logger, unreachable, room);
        }
    }

    [LoggerMessage(2070, LogLevel.Warning, "Room {Room} could not be told how its legs are heard")]
    private static partial void LogNotTold(ILogger logger, Exception exception, RoomCode room);
}
