using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Sip.Text;

/// <summary>Says in the room which line did not reach which phone, so that nobody believes that it was read.</summary>
internal sealed partial class UndeliveredLines(IGrainFactory grains, IChatMarks marks, TimeProvider time, ILogger<UndeliveredLines> logger)
{
    /// <summary>How often a room that can't be reached is told again.</summary>
    private const int Tries = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Marks one line; told again, the room has it once.</summary>
    public async Task MarkAsync(RoomCode room, LegId leg, string line, string cause)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                var marked = await grains.GetGrain<IRoomGrain>(room.Value).Execute(
                    new ChatUndelivered(line, leg, cause), Actor.Hub, new CommandId($"undelivered:{line}:{leg}"));
                if (marked.Ok || marked.Refusal.Kind != RefusalKind.Unavailable)
                    return;
            }
            catch (Exception unreachable)
            {
                LogNotMarked(logger, unreachable, line, leg, room);
            }

            await Task.Delay(Pause, time);
        }
    }

    /// <summary>Marks every line that was written for a leg and never reached it, now that it is gone for good.</summary>
    public async Task SettleAsync(RoomCode room, LegId leg, string cause)
    {
        if (await marks.Find(room, leg, CancellationToken.None) is not { } mark)
            return;
        var looked = await grains.GetGrain<IRoomGrain>(room.Value).Look(Actor.Hub);
        if (!looked.Ok)
            return;
        var gone = looked.Value.Legs.FirstOrDefault(view => view.Id == leg);
        foreach (var line in looked.Value.Chat)
            if (Owed(line, leg, mark) && (gone is null || line.At <= gone.Since))
                await MarkAsync(room, leg, line.Id, cause);
        await marks.Forget(room, leg, CancellationToken.None);
    }

    /// <summary>Whether the line is meant for the leg, and the leg was not sent it yet.</summary>
    public static bool Owed(ChatLine line, LegId leg, ChatMark mark) =>
        line.Leg != leg && line.At >= mark.Since && LineNumber.Of(line) > mark.Line && line.Undelivered.All(failed => failed.Leg != leg);

    [LoggerMessage(3021, LogLevel.Warning, "Line {Line} did not reach leg {Leg} of room {Room}, and the room could not be told yet")]
    private static partial void LogNotMarked(ILogger logger, Exception exception, string line, LegId leg, RoomCode room);
}
