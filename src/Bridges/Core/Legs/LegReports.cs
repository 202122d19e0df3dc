using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Legs;

/// <summary>Tells a room what this node saw of a leg.</summary>
public interface ILegReports
{
    /// <summary>The leg is connected.</summary>
    Task UpAsync(RoomCode room, LegId leg);

    /// <summary>The leg broke and is to be brought back.</summary>
    Task LostAsync(RoomCode room, LegId leg, string cause);

    /// <summary>The leg's call is of no use any more: it is to be ended, and the party called again.</summary>
    Task UselessAsync(RoomCode room, LegId leg, string cause);

    /// <summary>The party left and is not to be rung again; tried, it refused a call that was being made.</summary>
    Task LeftAsync(RoomCode room, LegId leg, string cause, bool tried = false);

    /// <summary>The room's own sound comes back by the leg, which is out of the mix for it; or no more.</summary>
    Task LoopsAsync(RoomCode room, LegId leg, bool loops);
}

/// <summary>Repeats a report until the room has taken it.</summary>
/// <remarks>
/// A report that got lost would leave a dead leg looking alive in the roster, so it is repeated with the same command id
/// while the room can't be reached, and ends with the process at the latest.
/// </remarks>
internal sealed partial class LegReports(
    IGrainFactory grains,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<LegReports> logger) : ILegReports
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public Task UpAsync(RoomCode room, LegId leg) => TellAsync(room, leg, new LegCameUp(leg));

    public Task LostAsync(RoomCode room, LegId leg, string cause) => TellAsync(room, leg, new LegWasLost(leg, cause));

    public Task UselessAsync(RoomCode room, LegId leg, string cause) => TellAsync(room, leg, new LegWasLost(leg, cause, Anew: true));

    public Task LeftAsync(RoomCode room, LegId leg, string cause, bool tried = false) => TellAsync(room, leg, new LegLeft(leg, cause, tried));

    public Task LoopsAsync(RoomCode room, LegId leg, bool loops) => TellAsync(room, leg, new LegLoops(leg, loops));

    private async Task TellAsync(RoomCode room, LegId leg, RoomCommand command)
    {
        var id = new CommandId(Guid.NewGuid().ToString("N"));
        // Once at least, also while the node stops: whoever hangs up meanwhile is not to be rung again (design rule 4).
        while (true)
        {
            try
            {
                var outcome = await grains.GetGrain<IRoomGrain>(room.Value).Execute(command, Actor.Hub, id);
                if (outcome.Ok || outcome.Refusal.Kind != RefusalKind.Unavailable)
                    return;
            }
            catch (Exception unreachable)
            {
                LogNotTaken(logger, unreachable, room, leg, command.GetType().Name);
            }

            try
            {
                await Task.Delay(Pause, time, lifetime.ApplicationStopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "Room {Room} did not take {Report} of leg {Leg}; it is told again")]
    private static partial void LogNotTaken(ILogger logger, Exception exception, RoomCode room, LegId leg, string report);
}
