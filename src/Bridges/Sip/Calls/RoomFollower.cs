using Interop.Bridges.Core.Watch;
using Interop.Bridges.Sip.Text;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Hangs up the calls whose legs the room has let go, and passes chat on to the phones.</summary>
internal sealed class RoomFollower(SipLegs legs, TextDelivery texts, HangUps hangUps) : IRoomFollower
{
    public void OnChange(RoomCode room, RoomChange change)
    {
        if (change is LegChanged { Leg: { Status: LegStatus.Gone } gone } && legs.TryFind(room, gone.Id, out var leg))
            hangUps.HangUp(leg, gone.Cause);
        else if (change is ChatChanged { Line.Undelivered.Count: 0 } chat)
            texts.Deliver(room, chat.Line);
    }

    public void OnSnapshot(RoomCode room, RoomSnapshot snapshot)
    {
        foreach (var leg in legs.In(room))
            if (snapshot.Legs.FirstOrDefault(view => view.Id == leg.Id) is not { Status: not LegStatus.Gone })
                hangUps.HangUp(leg, null);
        foreach (var line in snapshot.Chat)
            texts.Deliver(room, line);
    }
}
