using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Rooms;
using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Ticks;

/// <summary>Something that another thread wants done to the loop's state.</summary>
internal abstract class MediaCommand
{
    /// <summary>Runs on the tick thread, between two polls.</summary>
    public abstract void Apply(MediaLoop loop);
}

/// <summary>All state of the engine, and the one that may touch it: whoever calls <see cref="Step"/>, one caller at a time.</summary>
/// <remarks>
/// A step applies the commands that wait, drains every socket without blocking, and makes the ticks that are due. It is
/// run every 2.5 ms: arrival times are known to that, and a packet that is passed on waits no longer.
/// </remarks>
internal sealed class MediaLoop(
    TimeProvider time, ChannelReader<MediaCommand> commands, ISocketWatch sockets, Outlet outlet, Reporter reporter, IMediaFence fence, MediaMetrics metrics, BrowserPort? browsers)
{
    public static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(2.5);

    /// <summary>A bound on what one socket may take of a poll; the rest waits in, or falls out of, the system's buffer.</summary>
    private const int DatagramsPerPoll = 64;

    private static readonly TimeSpan s_stall = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_longStall = TimeSpan.FromSeconds(1);

    private readonly long _origin = time.GetTimestamp();
    private readonly List<Room> _rooms = [];
    private readonly Mixdown _mixdown = new();
    private readonly byte[] _buffer = new byte[65_536];
    private TickSchedule _schedule = new(AudioFrame.Duration);
    private TimeSpan _lastStep;
    private bool _stepped;

    /// <summary>The time since the loop was made; from any thread.</summary>
    public TimeSpan Now => time.GetElapsedTime(_origin);

    public void Add(Room room) => _rooms.Add(room);

    public void Remove(Room room)
    {
        var now = Now;
        while (room.Legs.Count > 0) Remove(room, room.Legs[^1], now);
        _rooms.Remove(room);
    }

    public void Add(Room room, Leg leg)
    {
        room.Add(leg);
        foreach (var socket in leg.Receiving) sockets.Add(socket, leg);
        if (leg is RadioLeg { Reception: { } reception } radio && reception.Join(radio)) sockets.Add(reception.Socket, reception);
    }

    /// <summary>A browser's leg comes with its lane; there are never more lanes than legs may be.</summary>
    public void Add(Room room, PhoneLeg leg, BrowserLane lane)
    {
        Add(room, leg);
        browsers!.Add(lane, Now);
    }

    public void Remove(Room room, Leg leg) => Remove(room, leg, Now);

    public void Step()
    {
        var now = Now;
        while (commands.TryRead(out var command)) command.Apply(this);
        if (!_stepped) Begin(now);
        else if (now - _lastStep > s_stall) RecoverFromStall(now);
        _lastStep = now;

        Receive(now);
        browsers?.Tend(now);
        outlet.Flush();
        var plan = _schedule.Advance(now);
        if (plan.Due == 0) return;
        metrics.Ticked(plan);
        if (plan.Skipped > 0)
            for (var i = 0; i < _rooms.Count; i++) _rooms[i].Skip(plan.Skipped);
        Exception? fault = null;
        for (var tick = 0; tick < plan.Due; tick++)
            for (var i = 0; i < _rooms.Count; i++)
                try
                {
                    _rooms[i].Tick(_mixdown, now);
                }
                catch (Exception one)
                {
                    // One faulty room must not silence those after it.
                    fault ??= one;
                }

        outlet.Flush();
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
    }

    /// <summary>Ends everything; nobody may step any more.</summary>
    public void End()
    {
        while (commands.TryRead(out var command)) command.Apply(this);
        while (_rooms.Count > 0) Remove(_rooms[^1]);
        browsers?.Dispose();
        outlet.Dispose();
        sockets.Dispose();
        reporter.Complete();
    }

    private void Remove(Room room, Leg leg, TimeSpan now)
    {
        foreach (var socket in leg.Receiving) sockets.Remove(socket);
        if (leg is RadioLeg { Reception: { } reception } radio && reception.Leave(radio)) sockets.Remove(reception.Socket);
        room.Remove(leg, now);
    }

    // A datagram of each socket at a time, so that a burst at one delays the others by no more than its share.
    private void Receive(TimeSpan now)
    {
        // Between two ticks one of each is all that there is, as a rule, and asking whether there is more costs as much as taking it.
        var rounds = now < _schedule.Next ? 1 : DatagramsPerPoll;
        for (var round = 0; round < rounds; round++)
        {
            var ready = sockets.Ready();
            if (ready.IsEmpty) return;
            foreach (var watched in ready) watched.Receiver.Receive(watched.Socket, _buffer, now);
        }
    }

    private void Begin(TimeSpan now)
    {
        _stepped = true;
        _schedule = new TickSchedule(now);
    }

    // What lies in the sockets was said before the node froze: played now, it would be heard twice or out of place.
    private void RecoverFromStall(TimeSpan now)
    {
        for (var i = 0; i < _rooms.Count; i++) _rooms[i].Discard(_buffer);
        browsers?.Discard(_buffer, now);
        fence.Revalidate();
        metrics.Stalled();
        if (now - _lastStep > s_longStall) reporter.Report(MediaReportKind.Stalled, null, null, now);
    }
}
