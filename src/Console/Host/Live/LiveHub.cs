using Interop.Bridges.WebRtc;
using Interop.Console.Host.Rooms;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Interop.Console.Host.Live;

/// <summary>What a browser sees when it begins to watch the lists.</summary>
internal sealed record Lists(IReadOnlyList<RoomSummary> Rooms, IReadOnlyList<AlertSummary> Alerts);

/// <summary>What a browser can ask of the live feed.</summary>
[Authorize]
internal sealed class LiveHub(LiveFeeds feeds, RoomDesk desk, Actors actors, BrowserVoices voices, IGrainFactory grains)
    : Microsoft.AspNetCore.SignalR.Hub
{
    private const int ListedAlerts = 200;

    private BrowserFeed Feed => feeds.Find(Context.ConnectionId) ?? throw new HubException("This connection has ended.");

    /// <inheritdoc />
    public override async Task OnConnectedAsync()
    {
        if (Context.User is not { } user || actors.Find(user) is not { } actor)
        {
            Context.Abort();
            return;
        }
        var feed = new BrowserFeed(Context, actor);
        feeds.Connect(feed);
        LiveMeter.Connected();
        _ = feed.Run(Clients.Caller);
        await base.OnConnectedAsync();
    }

    /// <inheritdoc />
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (feeds.Find(Context.ConnectionId) is not null)
            LiveMeter.Disconnected();
        await feeds.Disconnect(Context.ConnectionId);
        await base.OnDisconnectedAsync(exception);
    }

    /// <summary>Shows a room and sends its changes from here on.</summary>
    /// <remarks>It watches before it looks, so that no change falls in between; what comes early is in the snapshot already.</remarks>
    public async Task<RoomSnapshot> WatchRoom(string code)
    {
        var feed = Feed;
        var look = await desk.Look(code, feed.Actor);
        if (look.Ok)
        {
            await feeds.Watch(look.Value.Code, feed);
            look = await desk.Look(code, feed.Actor);
            // Put out between the two looks: what follows is not theirs to hear.
            if (!look.Ok)
                await feeds.Leave(new RoomCode(code), Context.ConnectionId);
        }
        return look.Ok ? look.Value : throw new HubException(look.Refusal.Text);
    }

    /// <summary>Ends the changes of a room.</summary>
    public Task LeaveRoom(string code) => feeds.Leave(new RoomCode(code), Context.ConnectionId);

    /// <summary>The push-to-talk key of the caller's own leg is held, or was let go; held, it is told again every 300 ms.</summary>
    /// <returns>Null when it is so; otherwise why the room does not hear it. The key lapses by itself when it is no longer told.</returns>
    public async Task<Refusal?> Talk(string code, string leg, bool held)
    {
        var room = RoomDesk.Code(code);
        return room.Ok ? (await voices.TalkAsync(room.Value, new LegId(leg), held, Feed.Actor)).Refusal : room.Refusal;
    }

    /// <summary>Shows the rooms and alerts of the caller's agency and sends their changes from here on.</summary>
    public async Task<Lists> WatchLists()
    {
        var feed = Feed;
        await feeds.WatchLists(feed);
        var alerts = await grains.GetGrain<IAlertDeskGrain>(feed.Actor.Agency.Value).List(feed.Actor, ListedAlerts);
        return new Lists(await desk.List(feed.Actor), alerts.Ok ? alerts.Value : []);
    }
}
