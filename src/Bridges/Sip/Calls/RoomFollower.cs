using Interop.Bridges.Core.Watch;
using Interop.Bridges.Sip.Text;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Hangs up the calls whose legs the room has let go, and passes chat on to the phones.</summary>
/// <remarks>
/// A call that was connected while a snapshot was under way is not judged by it: the room may have let it in after the snapshot
/// was made. Another snapshot comes with every call that is connected.
/// </remarks>
internal sealed class RoomFollower(SipLegs legs, LegChats chats, HangUps hangUps, Answering answering) : IRoomFollower
{
    public void OnChange(RoomCode room, RoomChange change)
    {
        if (change is LegChanged { Leg: var view } && legs.TryFind(room, view.Id, out var leg))
            Take(leg, view);
        else if (change is ChatChanged chat)
            chats.Deliver(room, chat.Line);
    }

    public void OnSnapshot(RoomCode room, RoomSnapshot snapshot, long asked)
    {
        var missing = legs.In(room).Count(leg => leg.HeldSince <= asked);
        foreach (var view in snapshot.Legs)
            if (legs.TryFind(room, view.Id, out var leg) && leg.HeldSince <= asked)
            {
                missing--;
                Take(leg, view);
            }

        // Snapshots are many and a leg that the room does not know is rare, so it is looked for only when there is one.
        if (missing > 0)
            foreach (var leg in legs.In(room).Where(leg => leg.HeldSince <= asked && snapshot.Legs.All(view => view.Id != leg.Id)))
                hangUps.HangUp(leg, null);
        foreach (var line in snapshot.Chat)
            chats.Deliver(room, line);
    }

    private void Take(SipLeg leg, LegView view)
    {
        if (view.Status == LegStatus.Gone)
            hangUps.HangUp(leg, view.Cause);
        else if (answering.SeemsElsewhere(view))
            hangUps.HandOver(leg, this);
        // Another phone has the place by now (RFC 3891), through whichever node it called.
        else if (view.Status == LegStatus.Up && view.Party.Address != leg.Party.Address)
            hangUps.Supersede(leg, this);
        // A party that was asked in has said yes: what is written from now on is for it.
        else if (view.Status == LegStatus.Up)
            leg.Chat ??= chats.Begin(leg, view.Since, Task.CompletedTask);
    }
}
