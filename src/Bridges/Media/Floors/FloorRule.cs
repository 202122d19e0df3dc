namespace Interop.Bridges.Media.Floors;

/// <summary>Who holds the floor, and since when; holder 0 is nobody.</summary>
internal readonly record struct FloorState(int Holder, TimeSpan TakenAt, TimeSpan HeardAt);

/// <summary>One who may ask for the floor by talking.</summary>
internal struct FloorParty
{
    public int Id;
    public int Priority;
    public bool Talking;
    public bool Barred;
    public bool Waiting;
    public TimeSpan Since;
}

/// <summary>The floor's rule: the higher priority first and at once, equals as they come, a hang time, a time-out. Pure: all it knows is passed in.</summary>
/// <remarks>Whoever was pre-empted and talks on waits like everybody else, from the moment at which it began to talk.</remarks>
internal static class FloorRule
{
    /// <summary>Decides for one tick; parties are told what they must remember until the next.</summary>
    public static FloorState Step(FloorSettings settings, FloorState state, Span<FloorParty> parties, TimeSpan now)
    {
        foreach (ref var party in parties)
        {
            if (!party.Talking)
            {
                party.Barred = party.Waiting = false;
            }
            else if (!party.Waiting)
            {
                party.Waiting = true;
                party.Since = now;
            }
        }

        if (state.Holder != 0 && Keeps(settings, ref state, parties, now, out var priority))
            return First(parties, above: priority) is { } higher ? new FloorState(higher, now, now) : state;
        return First(parties) is { } first ? new FloorState(first, now, now) : default;
    }

    private static bool Keeps(FloorSettings settings, ref FloorState state, Span<FloorParty> parties, TimeSpan now, out int priority)
    {
        priority = 0;
        foreach (ref var party in parties)
        {
            if (party.Id != state.Holder) continue;
            priority = party.Priority;
            if (!party.Talking) return now - state.HeardAt < settings.Hang;
            var since = party.Since > state.TakenAt ? party.Since : state.TakenAt;
            party.Barred = now - since >= settings.TimeOut;
            state = state with { HeardAt = now };
            return !party.Barred;
        }

        return false;
    }

    private static int? First(ReadOnlySpan<FloorParty> parties, int? above = null)
    {
        int? first = null;
        var since = TimeSpan.MaxValue;
        var priority = int.MinValue;
        foreach (ref readonly var party in parties)
        {
            if (!party.Talking || party.Barred || party.Priority <= above || party.Priority < priority) continue;
            if (party.Priority == priority && party.Since >= since) continue;
            first = party.Id;
            since = party.Since;
            priority = party.Priority;
        }

        return first;
    }
}
