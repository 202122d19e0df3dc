using System.Collections.Concurrent;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Live;

/// <summary>The browsers of this node and what each of them watches; renews every subscription.</summary>
internal sealed partial class LiveFeeds(IGrainFactory grains, INodes nodes, Actors actors, TimeProvider time, ILogger<LiveFeeds> logger) : BackgroundService
{
    /// <summary>Well under the time after which a room forgets a node that does not renew.</summary>
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, BrowserFeed> _browsers = new();
    private readonly Dictionary<RoomCode, RoomWatch> _rooms = [];
    private readonly SemaphoreSlim _roomsGate = new(1);
    private readonly ListWatch _lists = new(grains);

    public void Connect(BrowserFeed feed) => _browsers[feed.Id] = feed;

    public BrowserFeed? Find(string connection) => _browsers.GetValueOrDefault(connection);

    public Task WatchLists(BrowserFeed feed) => _lists.Add(feed);

    /// <summary>Has every change of the room sent to the browser from here on.</summary>
    public Task Watch(RoomCode code, BrowserFeed feed) => Gated(async () =>
    {
        if (!_rooms.TryGetValue(code, out var watch))
        {
            watch = new RoomWatch(code, grains.GetGrain<IRoomGrain>(code.Value));
            await watch.Subscribe(grains);
            _rooms[code] = watch;
        }
        watch.Add(feed);
    });

    public Task Leave(RoomCode code, string connection) => Gated(async () =>
    {
        if (!_rooms.TryGetValue(code, out var watch))
            return;
        watch.Remove(connection);
        await DropIfEmpty(code, watch);
    });

    public Task Disconnect(string connection) => Gated(async () =>
    {
        _browsers.TryRemove(connection, out _);
        _lists.Remove(connection);
        foreach (var (code, watch) in _rooms.ToArray())
        {
            watch.Remove(connection);
            await DropIfEmpty(code, watch);
        }
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        nodes.OnLost(_ => Renew().Ignore());
        using var timer = new PeriodicTimer(RenewEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            CutThoseWhoAreGone();
            await Renew();
        }
    }

    /// <summary>Subscribes to everything that is watched: at times, and at once when a node is lost that may have had it.</summary>
    private async Task Renew()
    {
        await Try(_lists.Subscribe);
        await Gated(async () =>
        {
            foreach (var (code, watch) in _rooms.ToArray())
            {
                await Try(() => watch.Subscribe(grains));
                await DropIfEmpty(code, watch);
            }
        });
    }

    public override void Dispose()
    {
        _roomsGate.Dispose();
        base.Dispose();
    }

    /// <summary>Whose account was taken away, or whose role or agency changed, must not go on looking. Of guests their room knows.</summary>
    private void CutThoseWhoAreGone()
    {
        foreach (var (_, feed) in _browsers)
            if (feed.Actor.Kind != ActorKind.Guest && actors.Find(feed.User) != feed.Actor)
                feed.Cut();
    }

    private async Task DropIfEmpty(RoomCode code, RoomWatch watch)
    {
        if (!watch.IsEmpty)
            return;
        _rooms.Remove(code);
        await Try(() => watch.Unsubscribe(grains));
    }

    /// <summary>Joining and leaving a room wait for each other: else one browser's leaving could end another's watch.</summary>
    private async Task Gated(Func<Task> act)
    {
        await _roomsGate.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            _roomsGate.Release();
        }
    }

    private async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure)
        {
            LogNotRenewed(logger, failure);
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "A live subscription was not renewed; the next round tries again")]
    private static partial void LogNotRenewed(ILogger logger, Exception failure);
}
