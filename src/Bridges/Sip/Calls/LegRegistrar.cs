using Interop.Bridges.Core;
using Interop.Bridges.Core.Watch;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Text;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Puts a connected call in charge of its leg, and follows its room from then on.</summary>
/// <remarks>
/// The call is listened to last: what happened in it meanwhile, a BYE for instance, then finds its leg. Another call that
/// stood for the leg is hung up.
/// </remarks>
internal sealed class LegRegistrar(
    SipLegs legs, SipLegDuties duties, MediaPolicy policy, RoomWatches watches, RoomFollower follower, LegChats chats, Answering answering, TimeProvider time, ILogger<LegRegistrar> logger)
{
    /// <param name="since">From when on the room's chat is meant for the leg; now, unless said.</param>
    /// <param name="asked">Whether the party is still to be asked in: until it is, the room's chat is not for it.</param>
    public void Register(
        RoomCode room, LegId id, Call call, Party party, MediaPlace place, SessionDescription ours, DateTimeOffset? since = null, bool asked = false)
    {
        var leg = new SipLeg(room, id, call, party, place, ours, duties) { Protection = policy.Of(party), HeldSince = time.GetTimestamp() };
        var replaced = legs.Add(leg);
        var before = replaced?.Chat?.HandOverAsync() ?? Task.CompletedTask;
        if (!asked)
            leg.Chat = chats.Begin(leg, since ?? time.GetUtcNow(), before);
        watches.Hold(room, follower);
        call.Handler = leg;
        answering.Announce(leg);
        if (replaced is null)
            return;
        watches.ReleaseAsync(room, follower).AsTask().Observe(logger, "let a room's watch go");
        if (!IsSameDialog(replaced.Call.State, call.State))
            replaced.Call.ByeAsync().Observe(logger, "hang up a call that another has replaced");
    }

    /// <summary>A dialog that was resumed twice is one call all the same; a BYE would end both.</summary>
    private static bool IsSameDialog(DialogState one, DialogState other) =>
        (one.CallId, one.LocalTag, one.RemoteTag) == (other.CallId, other.LocalTag, other.RemoteTag);
}
