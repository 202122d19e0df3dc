namespace Interop.Bridges.Sip.Calls;

/// <summary>What the pulse knows of one leg. One question is under way at a time.</summary>
internal sealed class PulseState
{
    private int _asking;

    /// <summary>Unanswered pulses in a row.</summary>
    public int Missed { get; private set; }

    /// <summary>Whether the peer ever answered OPTIONS in this call: its silence then means something.</summary>
    public bool TookOptions { get; private set; }

    /// <summary>Whether it answers re-INVITEs alone.</summary>
    public bool ByReinvite { get; private set; }

    /// <summary>When it last answered, or is being asked by, a re-INVITE; null when it is due.</summary>
    public DateTimeOffset? ReinvitedAt { get; set; }

    public bool TryBegin() => Interlocked.Exchange(ref _asking, 1) == 0;

    /// <summary>Notes how the question was answered; 408 stands for silence.</summary>
    public void End(int status, bool byReinvite)
    {
        var alive = status is not (408 or 481 or 503);
        Missed = status is 408 or 503 ? Missed + 1 : 0;
        TookOptions |= alive && !byReinvite;
        ByReinvite |= alive && byReinvite;
        if (!alive)
            ReinvitedAt = null;
        Volatile.Write(ref _asking, 0);
    }
}
