using Interop.Bridges.WebRtc;
using Interop.Console.Host.Live;
using Interop.Console.Host.Rooms;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Interop.Console.Host.Guests;

/// <summary>What a guest's browser can ask of the live feed: its one room, and its own key.</summary>
[Authorize(AuthenticationSchemes = GuestServices.Scheme)]
internal sealed class GuestHub(LiveFeeds feeds, RoomDesk desk, BrowserVoices voices) : Microsoft.AspNetCore.SignalR.Hub
{
    private BrowserFeed Feed => feeds.Find(Context.ConnectionId) ?? throw new HubException("This connection has ended.");

    /// <inheritdoc />
    public override async Task OnConnectedAsync()
    {
        if (GuestCaller.Read(Context.User) is not var (room, guest) || !(await desk.Look(room, GuestCaller.Of(guest))).Ok)
        {
            Context.Abort();
            return;
        }
        var feed = new BrowserFeed(Context, GuestCaller.Of(guest));
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

    /// <summary>Shows the guest's room and sends its changes from here on.</summary>
    public async Task<RoomSnapshot> WatchRoom(string code)
    {
        var (own, feed) = (Own(code), Feed);
        var look = await desk.Look(own.Value, feed.Actor);
        if (look.Ok)
        {
            await feeds.Watch(own, feed);
            look = await desk.Look(own.Value, feed.Actor);
            if (!look.Ok)
                await feeds.Leave(own, Context.ConnectionId);
        }
        return look.Ok ? look.Value : throw new HubException(look.Refusal.Text);
    }

    /// <summary>Ends the changes of the room.</summary>
    public Task LeaveRoom(string code) => feeds.Leave(Own(code), Context.ConnectionId);

    /// <summary>The push-to-talk key of the guest's own leg is held, or was let go; as in the console's live feed.</summary>
    public async Task<Refusal?> Talk(string code, string leg, bool held) =>
        (await voices.TalkAsync(Own(code), new LegId(leg), held, Feed.Actor)).Refusal;

    private RoomCode Own(string code) => GuestCaller.Read(Context.User) is var (room, _) && room == code
        ? new RoomCode(room)
        : throw new HubException("There is no such room, or you may not see it.");
}
