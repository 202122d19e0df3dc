using Interop.Bridges.Media;
using Interop.Bridges.Media.Recording;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Recording;

/// <summary>Records the rooms that are anchored here as their owners' rules want it, and tells each whether it is.</summary>
/// <remarks>Once a second what is so is held against what the room knows, so that no failure and no change of a rule gets lost.</remarks>
internal sealed partial class RoomRecordings(
    MediaEngine engine, Recorder recorder, IDirectory directory, RecordingRule otherwise, IGrainFactory grains, TimeProvider time, ILogger<RoomRecordings> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomCode, Followed> _rooms = [];

    /// <summary>The room as its newest plan has it.</summary>
    public void Follow(RoomPlan plan)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(plan.Room, out var room)) room.Plan = plan;
            else if (plan.Open || plan.Recording != RecordingStatus.Off) _rooms.Add(plan.Room, room = new Followed(plan));
            if (room is not null) Settle(room);
        }
    }

    /// <summary>The room is no longer anchored here.</summary>
    public void Abandon(RoomCode room)
    {
        lock (_gate)
            _rooms.Remove(room);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var (room, status, cause) in News())
                await TellAsync(room, status, cause);
    }

    private List<(RoomCode Room, RecordingStatus Status, string? Cause)> News()
    {
        var news = new List<(RoomCode, RecordingStatus, string?)>();
        lock (_gate)
        {
            foreach (var (code, room) in _rooms)
            {
                Settle(room);
                var cause = room.On ? recorder.FailureOf(code.Value) : null;
                var status = (room.On, cause) switch { (false, _) => RecordingStatus.Off, (_, null) => RecordingStatus.On, _ => RecordingStatus.Failed };
                if (status != room.Plan.Recording) news.Add((code, status, cause));
                else if (!room.Plan.Open) _rooms.Remove(code);
            }
        }

        return news;
    }

    // Told until the engine has taken it.
    private void Settle(Followed room)
    {
        var wanted = room.Plan.Open && RecordingRule.For(directory.Current, room.Plan.Owner, room.Plan.Type, otherwise).Record;
        if (wanted != room.On && engine.Record(room.Plan.Room.Value, wanted)) room.On = wanted;
    }

    private async Task TellAsync(RoomCode room, RecordingStatus status, string? cause)
    {
        if (status == RecordingStatus.Failed) LogFailed(logger, room, cause);
        try
        {
            await grains.GetGrain<IRoomGrain>(room.Value).Execute(new TellRecording(status, cause), Actor.Hub, new CommandId(Guid.NewGuid().ToString("N")));
        }
        catch (Exception unreachable)
        {
            LogNotTold(logger, unreachable, room, status);
        }
    }

    private sealed class Followed(RoomPlan plan)
    {
        public RoomPlan Plan { get; set; } = plan;

        public bool On { get; set; }
    }

    [LoggerMessage(2060, LogLevel.Error, "Room {Room} is not recorded: {Cause}")]
    private static partial void LogFailed(ILogger logger, RoomCode room, string? cause);

    [LoggerMessage(2061, LogLevel.Warning, "Room {Room} could not be told that its recording is {Status}; it is told again")]
    private static partial void LogNotTold(ILogger logger, Exception exception, RoomCode room, RecordingStatus status);
}
