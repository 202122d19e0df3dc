using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Rooms;

/// <summary>Passes on the keys that phones tell by signalling, and holds those of a phone whose leg is being brought back.</summary>
/// <remarks>
/// After a restart a phone may press before the hub has spoken to it again. It was told 200, so what it pressed is done once
/// its leg is up; of a leg that is gone there is nothing left to do.
/// </remarks>
internal sealed class HeldKeys(IAnchorMedia media, RoomCode room)
{
    /// <summary>More than any wish takes.</summary>
    private const int MostOfALeg = 8;

    private readonly Dictionary<LegId, List<char>> held = [];

    public void Press(RoomState state, LegId id, char key)
    {
        if (state.Leg(id) is not { Kind: LegKind.Sip, Status: not LegStatus.Gone } leg)
            return;
        if (leg.Status != LegStatus.Lost)
        {
            media.PressKey(room, id, key);
            return;
        }

        if (!held.TryGetValue(id, out var keys))
            held[id] = keys = [];
        if (keys.Count < MostOfALeg)
            keys.Add(key);
    }

    /// <summary>The room changed, and its anchor has the plan.</summary>
    public void Follow(RoomState state)
    {
        foreach (var (id, keys) in held)
        {
            var status = state.Leg(id)?.Status;
            if (status == LegStatus.Lost)
                continue;
            held.Remove(id);
            // Whoever is asked anew answers anew.
            if (status == LegStatus.Up)
                keys.ForEach(key => media.PressKey(room, id, key));
        }
    }
}
