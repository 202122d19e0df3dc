using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Tells each room who talks in it and who holds the floor.</summary>
/// <remarks>Takes reports in while it tells, so a busy room is told its newest state and not its history.</remarks>
internal sealed partial class SoundRelay(IGrainFactory grains, ILogger<SoundRelay> logger) : BackgroundService, IMediaListener
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Sound> _rooms = [];
    private readonly SemaphoreSlim _changed = new(0, 1);

    public void Take(in MediaReport report)
    {
        if (report.Room is not { } room)
            return;
        lock (_gate)
        {
            var sound = _rooms.TryGetValue(room, out var known) ? known : _rooms[room] = new Sound();
            if (!sound.Take(report))
                return;
            if (_changed.CurrentCount == 0)
                _changed.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _changed.WaitAsync(stoppingToken);
            foreach (var (room, sound) in TakeChanges())
                await TellAsync(room, sound);
        }
    }

    private List<(string Room, RoomSound Sound)> TakeChanges()
    {
        lock (_gate)
        {
            var changes = new List<(string, RoomSound)>();
            foreach (var (room, sound) in _rooms)
            {
                if (sound.TakeChange() is { } change)
                    changes.Add((room, change));
                if (sound.IsSilent)
                    _rooms.Remove(room);
            }

            return changes;
        }
    }

    private async Task TellAsync(string room, RoomSound sound)
    {
        try
        {
            await grains.GetGrain<IRoomGrain>(room).Hear(sound);
        }
        catch (Exception unreachable)
        {
            LogNotHeard(logger, unreachable, room);
        }
    }

    /// <summary>What is heard in one room.</summary>
    private sealed class Sound
    {
        private readonly HashSet<string> _talking = [];
        private LegId? _floor;
        private bool _changed;

        public bool IsSilent => _talking.Count == 0 && _floor is null;

        /// <summary>Whether the report is about what is heard.</summary>
        public bool Take(in MediaReport report)
        {
            switch (report.Kind)
            {
                case MediaReportKind.TalkStarted:
                    _talking.Add(report.Leg!);
                    break;
                case MediaReportKind.TalkStopped:
                    _talking.Remove(report.Leg!);
                    break;
                case MediaReportKind.FloorTaken:
                    _floor = new LegId(report.Leg!);
                    break;
                case MediaReportKind.FloorFreed:
                    _floor = null;
                    break;
                default:
                    return false;
            }

            return _changed = true;
        }

        /// <summary>How it sounds, if that has changed since the last call.</summary>
        public RoomSound? TakeChange()
        {
            if (!_changed)
                return null;
            _changed = false;
            return new RoomSound([.. _talking.Order(StringComparer.Ordinal).Select(LegId.From)], _floor);
        }
    }

    [LoggerMessage(2030, LogLevel.Warning, "Room {Room} could not be told who talks")]
    private static partial void LogNotHeard(ILogger logger, Exception exception, string room);
}
