using Interop.Bridges.Core.Legs;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Orleans;

namespace Interop.Bridges.WebRtc;

/// <summary>A browser's place in a room: the leg that it stands for, and what its page sets as the remote description.</summary>
public sealed record BrowserVoice(LegId Leg, string Sdp);

/// <summary>Lets people in from their browsers: one offer, one answer.</summary>
public sealed class BrowserVoices(IGrainFactory grains, ILegReports reports)
{
    /// <summary>Brings the actor into the room, or gives the page that comes again a new place for the leg that it has.</summary>
    /// <param name="room">The room.</param>
    /// <param name="client">What the page calls itself.</param>
    /// <param name="sdp">Its offer.</param>
    /// <param name="peer">The address that it asks from.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="attempt">Names the attempt.</param>
    public async Task<Outcome<BrowserVoice>> JoinAsync(RoomCode room, string client, string? sdp, string? peer, Actor actor, CommandId attempt)
    {
        var offer = BrowserOffer.Read(sdp);
        if (!offer.Ok)
            return offer.Refusal;
        var grain = grains.GetGrain<IRoomGrain>(room.Value);
        var joined = await grain.Execute(new JoinByBrowser(client), actor, attempt);
        if (!joined.Ok)
            return joined.Refusal;
        var leg = new LegId(joined.Value.Created!);
        var placed = await grain.OpenBrowserMedia(leg, offer.Value.FarEnd, peer);
        if (placed.Ok)
            return new BrowserVoice(leg, BrowserAnswer.Write(offer.Value, placed.Value));
        // It stands in the roster already, and what can have no voice must not stay there.
        await reports.LeftAsync(room, leg, placed.Refusal.Text);
        return placed.Refusal;
    }

    /// <summary>The actor's own browser leaves.</summary>
    public async Task<Outcome<RoomReceipt>> LeaveAsync(RoomCode room, LegId leg, Actor actor, CommandId attempt) =>
        await grains.GetGrain<IRoomGrain>(room.Value).Execute(new LeaveByBrowser(leg), actor, attempt);

    /// <summary>The push-to-talk key of the actor's own browser is held, or was let go; whether the room hears it now.</summary>
    public Task<Outcome<bool>> TalkAsync(RoomCode room, LegId leg, bool held, Actor actor) =>
        grains.GetGrain<IRoomGrain>(room.Value).Talk(leg, held, actor);
}
