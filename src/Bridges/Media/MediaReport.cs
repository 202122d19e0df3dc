namespace Interop.Bridges.Media;

/// <summary>What the engine tells about.</summary>
public enum MediaReportKind
{
    /// <summary>The first packet of a leg was accepted.</summary>
    FirstPacket,

    /// <summary>A leg began to be heard.</summary>
    TalkStarted,

    /// <summary>A leg ceased to be heard, hang time over.</summary>
    TalkStopped,

    /// <summary>A leg got the floor of a room with a radio.</summary>
    FloorTaken,

    /// <summary>Nobody holds the floor any more.</summary>
    FloorFreed,

    /// <summary>The hub keyed a radio.</summary>
    RadioKeyed,

    /// <summary>The hub let a radio go.</summary>
    RadioUnkeyed,

    /// <summary>A leg pressed a key; once for each press, as soon as it is certain.</summary>
    Key,

    /// <summary>The room's own sound came back by a leg, which was taken out of the mix.</summary>
    LoopBegan,

    /// <summary>It no longer comes back, and the leg is in the mix again; or the leg is gone.</summary>
    LoopEnded,

    /// <summary>A far end that agreed to new keys sends on, and nothing of it is under them.</summary>
    KeysIgnored,

    /// <summary>A browser has shaken hands, and is heard and hears from now on.</summary>
    BrowserConnected,

    /// <summary>A browser no longer proves that it is there.</summary>
    BrowserLost,

    /// <summary>A browser said goodbye.</summary>
    BrowserLeft,

    /// <summary>A browser is not the one that its offer named, or its handshake broke.</summary>
    BrowserRefused,

    /// <summary>The tick stood still for over a second; no room and no leg.</summary>
    Stalled,
}

/// <summary>One thing that happened, and when.</summary>
/// <param name="Kind">What.</param>
/// <param name="Room">In which room, if in one.</param>
/// <param name="Leg">To which leg, if to one.</param>
/// <param name="At">The time since the engine was made.</param>
/// <param name="Key">The key that was pressed: 0 to 9, *, # or A to D.</param>
public readonly record struct MediaReport(MediaReportKind Kind, string? Room, string? Leg, TimeSpan At, char Key = '\0');
