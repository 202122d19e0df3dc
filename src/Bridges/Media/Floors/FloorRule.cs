namespace Interop.Bridges.Media.Floors;

/// <summary>Who holds the floor, and since when; holder 0 is nobody.</summary>
internal readonly record struct FloorState(int Holder, TimeSpan TakenAt, TimeSpan HeardAt);

/// <summary>One who may ask for the floor by talking.</summary>
internal struct FloorParty
{
    public int Id;
    public bool Talking;
    public bool Barred;
    public bool Waiting;
    public TimeSpan Since;
}

/// <summary>The floor's rule: first come, a hang time, a time-out. Pure: all it knows is passed in.</summary>
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

        if (state.Holder != 0 && Keeps(settings, ref state, parties, now)) return state;
        return First(parties) is { } first ? new FloorState(first, now, now) : default;
    }

    private static bool Keeps(FloorSettings settings, ref FloorState state, Span<FloorParty> parties, TimeSpan now)
    {
        foreach (ref var party in parties)
        {
            if (party.Id != state.Holder) continue;
            if (!party.Talking) return now - state.HeardAt < settings.Hang;
            var since = party.Since > state.TakenAt ? party.Since : state.TakenAt;
            party.Barred = now - since >= settings.TimeOut;
            state = state with { HeardAt = now };
            return !party.Barred;
        }

        return false;
    }

    private static int? First(ReadOnlySpan<FloorParty> parties)
    {
        int? first = null;
        var since = TimeSpan.MaxValue;
        foreach (ref readonly var party in parties)
        {
            if (!party.Talking || party.Barred || party.Since >= since) continue;
            first = party.Id;
            since = party.Since;
        }

        return first;
    }
}
