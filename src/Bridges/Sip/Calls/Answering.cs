using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Which node answers for a call: the one that last went on with its dialog.</summary>
/// <remarks>Two nodes that both kept a dialog would number its requests each by itself, and the phone would refuse one of them.</remarks>
internal sealed partial class Answering(IGrainFactory grains, INodes nodes, TimeProvider time, ILogger<Answering> logger)
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Tells the room that this node does from now on, whoever did before.</summary>
    public void Announce(SipLeg leg) => leg.Announced = AnnounceAsync(leg.Room, leg.Id);

    /// <summary>Whether the room's roster says that another node does.</summary>
    public bool SeemsElsewhere(LegView view) => view.Node is not null && view.Node != nodes.Self;

    /// <summary>The same, asked after the room has heard of this node: what it said before may have been on its way still.</summary>
    public async Task<bool> IsElsewhereAsync(SipLeg leg)
    {
        await leg.Announced;
        var room = await grains.GetGrain<IRoomGrain>(leg.Room.Value).Look(Actor.Hub);
        return room.Ok && room.Value.Legs.FirstOrDefault(view => view.Id == leg.Id) is { } now && SeemsElsewhere(now);
    }

    private async Task AnnounceAsync(RoomCode room, LegId leg)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await grains.GetGrain<IRoomGrain>(room.Value).Signal(leg, nodes.Self);
                return;
            }
            catch (Exception unreachable)
            {
                // A room that comes up anew meanwhile has every leg taken up anew, and hears of it then.
                if (attempt == Attempts)
                {
                    LogNotHeard(logger, unreachable, leg, room);
                    return;
                }

                await Task.Delay(Pause, time);
            }
    }

    [LoggerMessage(3012, LogLevel.Error, "Room {Room} did not hear which node answers for leg {Leg}; when this node is lost, the leg is not taken up by another")]
    private static partial void LogNotHeard(ILogger logger, Exception exception, LegId leg, RoomCode room);
}
