using Interop.Bridges.Core;
using Interop.Bridges.Core.Watch;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Ends calls from our side; the media of such a leg is closed already, or another's.</summary>
internal sealed partial class HangUps(SipLegs legs, RoomWatches watches, Answering answering, ILogger<HangUps> logger)
{
    public void HangUp(SipLeg leg, string? cause)
    {
        LogHangUp(logger, leg.Id, leg.Room, cause ?? "the room let it go");
        leg.Call.ByeAsync().Observe(logger, "hang up a call");
    }

    /// <summary>Another call has the leg by now. What is stored for the leg is that call's, so nothing of it is forgotten.</summary>
    public void Supersede(SipLeg leg, IRoomFollower follower)
    {
        if (!legs.Remove(leg))
            return;
        HangUp(leg, "another phone took its place");
        SettleAsync(leg, follower).Observe(logger, "let go of a call that another has replaced");
    }

    /// <summary>Another node seems to go on with the call: if it does, the call ends here without a word to the phone, and what is stored of it is that node's.</summary>
    public void HandOver(SipLeg leg, IRoomFollower follower) => HandOverAsync(leg, follower).Observe(logger, "let go of a call that another node goes on with");

    private async Task HandOverAsync(SipLeg leg, IRoomFollower follower)
    {
        if (!await answering.IsElsewhereAsync(leg) || !legs.Remove(leg))
            return;
        LogHandedOver(logger, leg.Id, leg.Room);
        leg.Retire();
        leg.Call.Abandon();
        await SettleAsync(leg, follower);
    }

    private async Task SettleAsync(SipLeg leg, IRoomFollower follower)
    {
        if (leg.Chat is { } chat)
            await chat.StopAsync();
        await watches.ReleaseAsync(leg.Room, follower);
    }

    [LoggerMessage(3011, LogLevel.Information, "Leg {Leg} of room {Room} is answered for by another node from now on")]
    private static partial void LogHandedOver(ILogger logger, LegId leg, RoomCode room);

    [LoggerMessage(3010, LogLevel.Information, "Leg {Leg} of room {Room} is hung up: {Cause}")]
    private static partial void LogHangUp(ILogger logger, LegId leg, RoomCode room, string cause);
}
