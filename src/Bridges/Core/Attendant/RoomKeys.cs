namespace Interop.Bridges.Core.Attendant;

/// <summary>What a party in a room asks for by keys.</summary>
internal enum RoomWish
{
    /// <summary>Nothing yet, or nothing that is known.</summary>
    None,

    /// <summary>To be muted, or no longer (*1).</summary>
    Mute,

    /// <summary>To listen only, or to talk (*2).</summary>
    Listen,

    /// <summary>To hear who is here (*3).</summary>
    Roster,

    /// <summary>To leave (*0).</summary>
    Leave,

    /// <summary>To hear what there is (** or *#).</summary>
    Help,
}

/// <summary>Reads keys in a room: a star opens, the next key within four seconds says what.</summary>
/// <remarks>A key alone does nothing: keys are pressed by cheeks and pockets, and a voice may sound like one.</remarks>
internal struct RoomKeys
{
    private static readonly TimeSpan s_open = TimeSpan.FromSeconds(4);
    private TimeSpan? _openUntil;

    public RoomWish Press(char key, TimeSpan now)
    {
        var open = now <= _openUntil;
        _openUntil = !open && key == '*' ? now + s_open : null;
        return (open, key) switch
        {
            (true, '1') => RoomWish.Mute,
            (true, '2') => RoomWish.Listen,
            (true, '3') => RoomWish.Roster,
            (true, '0') => RoomWish.Leave,
            (true, '*' or '#') => RoomWish.Help,
            _ => RoomWish.None,
        };
    }
}
