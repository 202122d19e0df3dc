using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Media.Recording;

/// <summary>Writes what rooms hear to files, on a thread of its own, five times a second.</summary>
/// <remarks>
/// Whatever becomes of this process, what was heard more than a fifth of a second before is the system's. A file waits for the disk
/// once, when it is finished. What a crash left is repaired after the next start, a few files between two rounds: what is said now comes first.
/// </remarks>
public sealed partial class Recorder : IDisposable
{
    /// <summary>Finished segments that wait for whoever enters them in the record; what is over comes again at the next start.</summary>
    private const int MostWaiting = 16_384;

    /// <summary>Each is hashed and flushed to the disk; the rings of the rooms hold five seconds.</summary>
    private const int MostRepairsAtOnce = 4;

    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_afterFailedRepair = TimeSpan.FromSeconds(10);

    private readonly ISegmentStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RoomSegments> _rooms = [];
    private readonly List<RoomSegments> _ended = [];
    private readonly Queue<(string Room, string Id)> _torn = [];
    private readonly Channel<Segment> _finished = Channel.CreateBounded<Segment>(new BoundedChannelOptions(MostWaiting) { SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly ManualResetEvent _stop = new(false);
    private readonly Meter _meter = new(MediaMetrics.MeterName);
    private readonly Counter<long> _segments;
    private Thread? _thread;
    private long _stepped;
    private TimeSpan _repairAt;
    private long _droppedBefore;

    /// <summary>Makes a recorder that writes nothing until it is started.</summary>
    public Recorder(SegmentFolder folder, TimeProvider time, ILogger<Recorder> logger)
        : this((ISegmentStore)folder, time, logger)
    {
    }

    internal Recorder(ISegmentStore store, TimeProvider time, ILogger logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        _stepped = time.GetTimestamp();
        _segments = _meter.CreateCounter<long>("interop.media.recorder.segments", "{segment}", "Segments finished");
        _meter.CreateObservableCounter("interop.media.recorder.dropped", Dropped, "{frame}", "Frames that the recorder did not take in time, and that are silence in a segment");
    }

    /// <summary>Segments whose files are finished.</summary>
    public ChannelReader<Segment> Finished => _finished.Reader;

    /// <summary>Starts the thread; calling it again does nothing.</summary>
    public void Start()
    {
        if (_thread is not null) return;
        _thread = new Thread(Run) { IsBackground = true, Name = "recorder" };
        _thread.Start();
    }

    /// <summary>What keeps a room that is recorded from being so, in words for an operator; null when nothing does.</summary>
    public string? FailureOf(string room)
    {
        var silent = _time.GetElapsedTime(Volatile.Read(ref _stepped));
        if (silent > s_patience) return $"The disk has not answered for {silent.TotalSeconds:0} s.";
        lock (_gate) return _rooms.GetValueOrDefault(room)?.Failure;
    }

    /// <summary>Ends the thread when it has finished every file.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _meter.Dispose();
        _stop.Dispose();
    }

    /// <summary>The tap of a room, from now on; the same one when there is one.</summary>
    internal RoomTap Begin(string room)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room, out var segments))
                _rooms.Add(room, segments = new RoomSegments(new RoomTap(room), _store, _time, Finish, id => _torn.Enqueue((room, id))));
            return segments.Tap;
        }
    }

    /// <summary>Nothing more of the room comes.</summary>
    internal void End(string room)
    {
        lock (_gate)
            if (_rooms.Remove(room, out var segments)) _ended.Add(segments);
    }

    /// <summary>Does what the thread does five times a second: for tests that have no such thread.</summary>
    internal void Step(bool ending = false)
    {
        RoomSegments[] going, ended;
        lock (_gate)
        {
            (going, ended) = ([.. _rooms.Values], [.. _ended]);
            _ended.Clear();
        }

        foreach (var room in ended) room.Step(ended: true);
        foreach (var room in going) room.Step(ended: ending);
        lock (_gate)
            foreach (var room in ended) _droppedBefore += room.Tap.Dropped;
        RepairTorn();
        Volatile.Write(ref _stepped, _time.GetTimestamp());
    }

    /// <summary>Finds what an earlier process left, to be repaired with the rounds that follow.</summary>
    internal void Recover()
    {
        foreach (var torn in _store.Unsealed()) _torn.Enqueue(torn);
    }

    private void Run()
    {
        Guarded(static recorder => recorder.Recover());
        while (!_stop.WaitOne(s_period)) Guarded(static recorder => recorder.Step());
        Guarded(static recorder => recorder.Step(ending: true));
        _finished.Writer.Complete();
    }

    // The thread's edge: a fault in one round must not end the recording of every room.
    private void Guarded(Action<Recorder> work)
    {
        try
        {
            work(this);
        }
        catch (Exception fault)
        {
            LogFault(_logger, fault);
        }
    }

    private void Finish(Segment segment)
    {
        _segments.Add(1);
        if (!_finished.Writer.TryWrite(segment)) LogWaits(_logger, segment.Title.Id, segment.Title.Room);
    }

    private void RepairTorn()
    {
        var now = _time.GetElapsedTime(0);
        if (now < _repairAt) return;
        for (var left = Math.Min(_torn.Count, MostRepairsAtOnce); left > 0; left--)
        {
            var (room, id) = _torn.Dequeue();
            try
            {
                Repair(room, id);
            }
            catch (Exception refused) when (RoomSegments.IsDisk(refused))
            {
                LogTorn(_logger, refused, id, room);
                _torn.Enqueue((room, id));
                _repairAt = now + s_afterFailedRepair;
            }
        }
    }

    private void Repair(string room, string id)
    {
        Segment? segment = null;
        using (var stream = _store.Reopen(room, id))
        {
            if (stream is null) return;
            segment = SegmentFile.Repair(stream);
        }

        if (segment is not null && segment.Title.Id == id && segment.Title.Room == room) Finish(segment);
        else _store.Discard(room, id);
    }

    private long Dropped()
    {
        lock (_gate) return _droppedBefore + _rooms.Values.Sum(room => room.Tap.Dropped);
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "The recorder failed in a round; it goes on with the next")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "Segment {Id} of room {Room} cannot be finished now; it is tried again")]
    private static partial void LogTorn(ILogger logger, Exception refused, string id, string room);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Error, Message = "Segment {Id} of room {Room} is kept and not entered in the record, which takes none; it is entered at the next start")]
    private static partial void LogWaits(ILogger logger, string id, string room);
}
