using System.Threading.Channels;
using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Tells each room who talks in it and who holds the floor.</summary>
/// <remarks>Reads whatever reports have queued up before it tells, so a busy room is told its newest state and not its history.</remarks>
internal sealed partial class SoundRelay(MediaEngine engine, IGrainFactory grains, ILogger<SoundRelay> logger) : BackgroundService
{
    private readonly Dictionary<string, Sound> _rooms = [];
    private readonly HashSet<string> _changed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await engine.Reports.WaitToReadAsync(stoppingToken))
        {
            while (engine.Reports.TryRead(out var report))
                Take(report);
            foreach (var room in _changed)
                await TellAsync(room);
            _changed.Clear();
        }
    }

    private void Take(MediaReport report)
    {
        if (report.Room is not { } room)
            return;
        var sound = _rooms.TryGetValue(room, out var known) ? known : _rooms[room] = new Sound();
        switch (report.Kind)
        {
            case MediaReportKind.TalkStarted:
                sound.Talking.Add(report.Leg!);
                break;
            case MediaReportKind.TalkStopped:
                sound.Talking.Remove(report.Leg!);
                break;
            case MediaReportKind.FloorTaken:
                sound.Floor = new LegId(report.Leg!);
                break;
            case MediaReportKind.FloorFreed:
                sound.Floor = null;
                break;
            default:
                return;
        }

        _changed.Add(room);
    }

    private async Task TellAsync(string room)
    {
        var sound = _rooms[room];
        try
        {
            await grains.GetGrain<IRoomGrain>(room).Hear(new RoomSound([.. sound.Talking.Order(StringComparer.Ordinal).Select(LegId.From)], sound.Floor));
        }
        catch (Exception unreachable)
        {
            LogNotHeard(logger, unreachable, room);
        }

        if (sound.Talking.Count == 0 && sound.Floor is null)
            _rooms.Remove(room);
    }

    private sealed class Sound
    {
        public HashSet<string> Talking { get; } = [];

        public LegId? Floor { get; set; }
    }

    [LoggerMessage(2030, LogLevel.Warning, "Room {Room} could not be told who talks")]
    private static partial void LogNotHeard(ILogger logger, Exception exception, string room);
}
