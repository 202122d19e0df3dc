namespace Interop.Bridges.Media.Loops;

/// <summary>What one packet of a leg says of a loop.</summary>
internal enum LoopSign
{
    /// <summary>Sound, and nothing of the room's own in it.</summary>
    Free,

    /// <summary>A source that reaches the room by another leg too: there are two ways to it, whoever talks.</summary>
    TwoWays,

    /// <summary>The room's own sound comes back.</summary>
    Own,
}

/// <summary>Decides when a leg that brings the room's own sound back is taken out of the mix, and when it may come back.</summary>
/// <remarks>
/// One packet says nothing: two streams may by chance have one SSRC for a while (RFC 3550 section 8.2). A pause says nothing
/// either, so only sound counts as free. Each relapse doubles the sound that is asked for: a far end that loops on and off
/// cannot make the room howl, or fill its journal, at will.
/// </remarks>
internal struct LoopWatch
{
    /// <summary>So many packets in a row say that there is a loop: 200 ms.</summary>
    public const int Enough = 10;

    /// <summary>So many in a row say that there is none any more: 2 s of sound.</summary>
    public const int Freed = 100;

    private const int MostRelapses = 5;

    private int _own;
    private int _free;
    private int _relapses;

    /// <summary>Whether the leg is out of the mix.</summary>
    public bool Out { get; private set; }

    /// <summary>Takes a sign in; true when <see cref="Out"/> has changed by it.</summary>
    /// <param name="sign">What the packet said.</param>
    /// <param name="enough">How many packets of the room's own sound take the leg out.</param>
    public bool Take(LoopSign sign, int enough)
    {
        _own = sign == LoopSign.Own ? _own + 1 : 0;
        _free = sign == LoopSign.Free ? _free + 1 : 0;
        if (!Out && _own >= enough) Out = true;
        else if (Out && _free >= Freed << _relapses) (Out, _relapses) = (false, Math.Min(_relapses + 1, MostRelapses));
        else return false;
        (_own, _free) = (0, 0);
        return true;
    }

    /// <summary>Forgets what a leg brought that is in the mix: another way was just closed, and what is still under way came by that.</summary>
    public void Settle() => _own = 0;
}
