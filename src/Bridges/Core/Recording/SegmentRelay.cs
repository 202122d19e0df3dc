using Interop.Bridges.Media.Recording;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using SegmentKind = Interop.Hub.Contracts.Rooms.SegmentKind;

namespace Interop.Bridges.Core.Recording;

/// <summary>Has each finished segment entered in its room's record, several at a time, and seals the file when it is.</summary>
/// <remarks>A room that cannot be reached is asked again. What is not entered when the process ends is found by the next one.</remarks>
internal sealed partial class SegmentRelay(Recorder recorder, SegmentFolder folder, IGrainFactory grains, TimeProvider time, ILogger<SegmentRelay> logger) : BackgroundService
{
    /// <summary>An entry in ten seconds for a room, however much is said in it: its record is read whole when it comes up.</summary>
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(10);

    private const int MostAtOnce = 200;

    /// <summary>The rest waits with the recorder, which is bounded too.</summary>
    private const int MostWaiting = 4_096;

    private readonly List<Segment> _waiting = [];
    private readonly HashSet<string> _done = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RoundAsync();
    }

    /// <summary>Enters what is finished by now.</summary>
    internal async Task RoundAsync()
    {
        while (_waiting.Count < MostWaiting && recorder.Finished.TryRead(out var segment)) _waiting.Add(segment);
        foreach (var room in _waiting.GroupBy(segment => segment.Title.Room).ToArray())
            await EnterAsync(room.Key, [.. room.Take(MostAtOnce)]);
        _waiting.RemoveAll(segment => _done.Contains(segment.Title.Id));
        _done.Clear();
    }

    private async Task EnterAsync(string room, Segment[] segments)
    {
        try
        {
            var command = new RecordSegments([.. segments.Select(Recorded)]);
            var outcome = await grains.GetGrain<IRoomGrain>(room).Execute(command, Actor.Hub, new CommandId(Guid.NewGuid().ToString("N")));
            if (outcome.Refusal is { Kind: RefusalKind.Unavailable }) return;
            foreach (var segment in segments)
            {
                if (outcome.Ok) folder.Seal(room, segment.Title.Id);
                _done.Add(segment.Title.Id);
            }

            if (!outcome.Ok) LogRefused(logger, room, segments.Length, outcome.Refusal.Text);
        }
        catch (Exception unreachable)
        {
            LogNotEntered(logger, unreachable, room, segments.Length);
        }
    }

    private static RecordedSegment Recorded(Segment segment) => new(
        segment.Title.Id,
        segment.Title.Kind == Media.Recording.SegmentKind.Mix ? SegmentKind.Mix : SegmentKind.Transmission,
        segment.Title.Leg is { } leg ? new LegId(leg) : null,
        segment.Title.Talker?.Name,
        segment.Title.Talker is { } talker ? new AgencyId(talker.Group) : null,
        segment.Title.StartedAt,
        (int)segment.Length.TotalMilliseconds,
        segment.Octets,
        segment.Sha256,
        (int)segment.Lost.TotalMilliseconds);

    [LoggerMessage(2062, LogLevel.Warning, "Room {Room} could not enter {Segments} recordings; it is asked again")]
    private static partial void LogNotEntered(ILogger logger, Exception exception, string room, int segments);

    [LoggerMessage(2063, LogLevel.Error, "{Segments} recordings of room {Room} are kept and not in its record: {Reason}")]
    private static partial void LogRefused(ILogger logger, string room, int segments, string reason);
}
