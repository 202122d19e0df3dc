using System.Threading.Channels;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Watch;

/// <summary>Follows one room from this node, whichever node the room is on.</summary>
/// <remarks>
/// Changes arrive without being waited for, so one can be lost; the numbers tell, and a snapshot then takes their place.
/// The subscription is renewed, because it ends with the room's activation.
/// </remarks>
internal sealed partial class RoomWatch : IRoomObserver, IAsyncDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    private readonly RoomCode _room;
    private readonly IRoomGrain _grain;
    private readonly IRoomObserver _self;
    private readonly TimeProvider _time;
    private volatile IRoomFollower[] _followers = [];
    private readonly ILogger _logger;
    private readonly ITimer _renewals;
    private readonly CancellationTokenSource _stop = new();
    private int _lookAgain;
    private readonly Channel<RoomDelta?> _deltas = Channel.CreateBounded<RoomDelta?>(
        new BoundedChannelOptions(1024) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    public RoomWatch(RoomCode room, IGrainFactory grains, TimeProvider time, ILogger logger)
    {
        _room = room;
        _time = time;
        _grain = grains.GetGrain<IRoomGrain>(room.Value);
        _self = grains.CreateObjectReference<IRoomObserver>(this);
        _logger = logger;
        _renewals = time.CreateTimer(_ => _deltas.Writer.TryWrite(null), null, TimeSpan.Zero, Renewal);
        Completion = Task.Run(FollowAsync);
    }

    /// <summary>Ends when the watch was disposed of.</summary>
    public Task Completion { get; }

    /// <summary>Who follows from now on.</summary>
    public void Tell(IRoomFollower[] followers) => _followers = followers;

    /// <summary>Brings a snapshot though nothing was missed: somebody new follows, who has seen nothing yet.</summary>
    public void LookAgain()
    {
        Volatile.Write(ref _lookAgain, 1);
        Renew();
    }

    /// <summary>Subscribes again, and catches up if the room went on meanwhile.</summary>
    public void Renew() => _deltas.Writer.TryWrite(null);

    public Task Changed(RoomDelta delta)
    {
        _deltas.Writer.TryWrite(delta);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _renewals.DisposeAsync();
        await _stop.CancelAsync();
        await Completion;
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        var known = default(LiveRevision);
        try
        {
            await foreach (var delta in _deltas.Reader.ReadAllAsync(_stop.Token))
            {
                try
                {
                    known = delta is null ? await RenewAsync(known) : await TakeAsync(delta, known);
                }
                catch (Exception unreachable) when (unreachable is not OperationCanceledException)
                {
                    LogUnreachable(_logger, unreachable, _room);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await UnsubscribeAsync();
        }
    }

    private async Task<LiveRevision> TakeAsync(RoomDelta delta, LiveRevision known)
    {
        if (delta.Revision.Epoch == known.Epoch && delta.Revision.Number <= known.Number)
            return known;
        if (delta.Revision.Epoch != known.Epoch || delta.Revision.Number != known.Number + 1)
            return await CatchUpAsync(known);
        foreach (var change in delta.Changes)
            foreach (var follower in _followers)
                follower.OnChange(_room, change);
        return delta.Revision;
    }

    private async Task<LiveRevision> RenewAsync(LiveRevision known)
    {
        var now = await _grain.Subscribe(_self);
        return now == known && Interlocked.Exchange(ref _lookAgain, 0) == 0 ? known : await CatchUpAsync(known);
    }

    private async Task<LiveRevision> CatchUpAsync(LiveRevision known)
    {
        var asked = _time.GetTimestamp();
        var room = await _grain.Look(Actor.Hub);
        if (!room.Ok)
            return known;
        foreach (var follower in _followers)
            follower.OnSnapshot(_room, room.Value, asked);
        return room.Value.Revision;
    }

    private async Task UnsubscribeAsync()
    {
        try
        {
            await _grain.Unsubscribe(_self);
        }
        catch (Exception unreachable)
        {
            LogUnreachable(_logger, unreachable, _room);
        }
    }

    [LoggerMessage(2020, LogLevel.Warning, "Room {Room} can't be followed for now; its legs keep their last state")]
    private static partial void LogUnreachable(ILogger logger, Exception exception, RoomCode room);
}
