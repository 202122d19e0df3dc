using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Core.Attendant;

/// <summary>One attendant for each phone of the rooms that are anchored here: who answers a phone hears prompts and presses keys.</summary>
internal sealed class Attendants(
    MediaEngine engine, IGrainFactory grains, AttendantOptions options, PromptBook book, Voice voice, TimeProvider time, ILogger<LegAttendant> logger)
    : IMediaListener, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, LegAttendant>> _rooms = [];

    /// <summary>Attends the legs of the plan that are there, and no others of its room.</summary>
    public void Follow(RoomPlan plan)
    {
        lock (_gate)
        {
            Forget(plan.Room.Value, plan.Open ? plan.Legs.Where(IsAttended).Select(leg => leg.Id.Value).ToHashSet(StringComparer.Ordinal) : []);
            if (!plan.Open)
                return;
            foreach (var leg in plan.Legs)
                if (IsAttended(leg))
                    Attendant(plan.Room, leg.Id).Tell(plan, leg);
        }
    }

    /// <summary>The room is no longer anchored here.</summary>
    public void Abandon(RoomCode room)
    {
        lock (_gate)
            Forget(room.Value, []);
    }

    public void Take(in MediaReport report)
    {
        if (report is not { Kind: MediaReportKind.Key, Room: { } room, Leg: { } leg })
            return;
        lock (_gate)
            if (_rooms.TryGetValue(room, out var attendants) && attendants.TryGetValue(leg, out var attendant))
                attendant.Press(report.Key);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var attendant in _rooms.Values.SelectMany(attendants => attendants.Values))
                attendant.Dispose();
            _rooms.Clear();
        }
    }

    /// <summary>A radio has no keys, and behind a bridging system sits nobody who would press one.</summary>
    private static bool IsAttended(PlannedLeg leg) =>
        leg is { Kind: LegKind.Sip, Party.IsBridge: false, Status: LegStatus.Up or LegStatus.Asking };

    private LegAttendant Attendant(RoomCode room, LegId leg)
    {
        if (!_rooms.TryGetValue(room.Value, out var attendants))
            _rooms[room.Value] = attendants = new(StringComparer.Ordinal);
        if (attendants.TryGetValue(leg.Value, out var known))
            return known;
        var attendant = new LegAttendant(
            room, leg, grains.GetGrain<IRoomGrain>(room.Value), (prompts, cut) => engine.PlayAsync(room.Value, leg.Value, prompts, cut),
            book, voice, options.Language, time, logger);
        return attendants[leg.Value] = attendant;
    }

    private void Forget(string room, HashSet<string> but)
    {
        if (!_rooms.TryGetValue(room, out var attendants))
            return;
        foreach (var (leg, attendant) in attendants)
            if (!but.Contains(leg))
            {
                attendants.Remove(leg);
                attendant.Dispose();
            }

        if (attendants.Count == 0)
            _rooms.Remove(room);
    }
}
