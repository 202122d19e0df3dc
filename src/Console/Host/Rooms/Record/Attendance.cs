using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms.Record;

/// <summary>Who was connected to the room's voice, from when to when.</summary>
internal sealed class Attendance
{
    private readonly List<Stay> _stays = [];
    private readonly Dictionary<LegId, int> _open = [];

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<Stay> Stays => _stays;

    public void Take(RecordLine line)
    {
        foreach (var one in line.Presence)
            if (!one.There)
                End(one.Leg, line.Entry.Time);
            else if (!_open.ContainsKey(one.Leg))
            {
                _open[one.Leg] = _stays.Count;
                _stays.Add(new Stay(one.Name, one.Agency, line.Entry.Time, null));
            }
    }

    private void End(LegId leg, DateTimeOffset at)
    {
        if (_open.Remove(leg, out var index))
            _stays[index] = _stays[index] with { To = at };
    }
}

/// <summary>One stretch of being connected.</summary>
/// <param name="To">Null while it lasts.</param>
internal sealed record Stay(string Name, AgencyId Agency, DateTimeOffset From, DateTimeOffset? To);
