using Interop.Bridges.Core.Watch;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Puts a connected call in charge of its leg, and follows its room from then on.</summary>
internal sealed class LegRegistrar(SipLegs legs, SipLegDuties duties, RoomWatches watches, RoomFollower follower, TimeProvider time)
{
    public SipLeg Register(RoomCode room, LegId id, Call call, Party party, MediaPlace place, SessionDescription ours, DateTimeOffset? since = null)
    {
        var leg = new SipLeg(room, id, call, party, place, ours, since ?? time.GetUtcNow(), duties);
        legs.Add(leg);
        watches.Hold(room, follower);
        return leg;
    }
}
