using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Asks the room about a call whose far end turned out to be another system's room.</summary>
internal sealed class FocusCheck(IGrainFactory grains)
{
    /// <summary>Hangs up the call of a second way to the same room; gives the cause in words, or null when the call may stay.</summary>
    public async Task<string?> MeetAsync(RoomCode room, LegId leg, Call call)
    {
        var state = call.State;
        if (!state.RemoteIsFocus)
            return null;
        var met = await grains.GetGrain<IRoomGrain>(room.Value).Execute(
            new MeetFocus(leg, state.RemoteTarget, call.Contact.ToString()), Actor.Hub, new CommandId($"focus:{state.CallId}:{state.RemoteTag}:{state.RemoteTarget}"));
        if (met.Refusal is not { Kind: RefusalKind.Loop })
            return null;
        await call.ByeAsync("SIP;cause=482;text=\"Loop Detected\"");
        return DialResult.Loop;
    }
}
